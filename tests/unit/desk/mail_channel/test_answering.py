"""Mails are answered from the FAQ with a ticket, and go on in their thread; over real servers on loopback."""

from jawab.support.tickets.ticket import Happening, Origin, TicketState

from ..colleague import hired
from ..pictures import photo
from .post import LEE, MAIL, SHOP, SIGNS, answer, deliver, ended, mail, reply_to, text_of, ticket_of


def test_a_mail_is_answered_from_the_faq_with_a_ticket_in_one_mail(desk, rasa, out):
    made = mail("مرحبا، كيف أرجعه؟ طلبي رقم 12345678\n\n-- \nسارة")
    deliver(desk, made)
    got = answer(out)
    ticket = ticket_of(desk, got)

    assert got["From"].addresses[0].addr_spec == SHOP
    assert got["To"].addresses[0].addr_spec == "sara@example.com"
    assert got["Subject"] == f"Re: الحذاء ({ticket.reference})"
    assert got["In-Reply-To"] == made["Message-ID"]
    assert got["Auto-Submitted"] == "auto-replied"
    assert out.box.raw[0].mail_from == SHOP
    text = text_of(got)
    assert "پاسخ: الحذاء" in text
    assert "إن كان في هذا جوابكم" in text
    assert ticket.reference in text
    assert "<html lang=" in got.get_body(("html",)).get_content()
    assert 'dir="rtl"' in got.get_body(("html",)).get_content()
    assert (ticket.origin, ticket.email, ticket.name) == (
        Origin.EMAIL,
        "sara@example.com",
        "Sara Ahmad",
    )
    assert (ticket.topic, ticket.order_number) == ("after_sales", "12345678")
    assert ticket.message == "الحذاء\n\nمرحبا، كيف أرجعه؟ طلبي رقم 12345678"
    assert rasa.asked[-1]["metadata"]["agents"] == {"present": 0, "waiting": 0}
    assert ended(desk, answered=1)
    assert len(out.box.mails) == 1


def test_what_the_faq_does_not_answer_is_taken_up(desk, rasa, out):
    rasa.reply = lambda question: [
        {"text": "ما اسمكم؟"},
        {"custom": rasa.custom(question, intent="human", outcome="answered")},
    ]
    deliver(desk, mail())
    text = text_of(answer(out))

    assert "ما اسمكم" not in text
    assert "وصلتنا رسالتكم" in text


def test_a_cards_number_in_a_mail_is_masked_for_the_bot_and_on_the_ticket(desk, rasa, out):
    deliver(desk, mail("Charged twice on 4111 1111 1111 1111, why?"))
    answer(out)
    (ticket,) = desk.services.tickets.search(limit=5)
    assert "•••• 1111" in ticket.message
    assert "4111 1111" not in ticket.message
    assert "4111 1111" not in str(rasa.asked)


def test_a_bot_that_is_away_does_not_keep_a_mail_from_its_ticket(start_desk, rasa, out):
    desk = start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", attempts=1, **MAIL)
    rasa.then("refuse")
    deliver(desk, mail())

    assert "وصلتنا رسالتكم" in text_of(answer(out))


def test_a_follow_up_goes_to_its_ticket_and_opens_it_again(desk, out):
    deliver(desk, mail())
    first = answer(out)
    ticket = ticket_of(desk, first)
    desk.services.tickets.move(ticket.reference, TicketState.SOLVED, **LEE)
    solved = answer(out, 2)
    assert first["Message-ID"] in solved["References"]
    assert ticket.reference in solved["Subject"]
    deliver(desk, reply_to(first))
    ended(desk, answered=1, follow_up=1)

    history = desk.services.tickets.history(ticket.reference)
    assert [(one.who, one.what) for one in history[-2:]] == [
        ("shopper", Happening.REPLY),
        ("shopper", Happening.STATE),
    ]
    assert history[-2].data["text"] == "لم يصل بعد"
    assert desk.services.tickets.find(ticket.reference).state is TicketState.OPEN
    said = desk.store.messages_after(ticket.conversation_id, 0, limit=9)
    assert [one.text for one in said if one.author == "shopper"][-1] == "لم يصل بعد"
    assert len(out.box.mails) == 2


def test_an_answer_to_a_double_goes_with_its_file_to_the_ticket_that_goes_on(desk, out):
    deliver(desk, mail())
    first = answer(out)
    deliver(desk, mail("وأين الفاتورة؟"))
    double, goes_on = ticket_of(desk, first), ticket_of(desk, answer(out, 2))
    desk.services.doubles.merge(double.reference, goes_on.reference, **LEE)
    follow = reply_to(first)
    follow.add_attachment(photo(), maintype="image", subtype="jpeg", filename="حذاء.jpg")
    deliver(desk, follow)
    ended(desk, answered=2, follow_up=1)

    told = desk.services.tickets.history(goes_on.reference)[-1]
    assert (told.who, told.what, told.data["text"]) == ("shopper", Happening.REPLY, "لم يصل بعد")
    said = desk.store.messages_after(goes_on.conversation_id, 0, limit=9)[-1]
    assert [file.name for file in said.attachments] == ["حذاء.jpg"]


def test_files_are_kept_by_their_content_and_what_is_none_of_them_is_told(desk, out):
    made = mail()
    made.add_attachment(photo(), maintype="application", subtype="pdf", filename="حذاء.exe")
    made.add_attachment(b"MZ program", maintype="image", subtype="jpeg", filename="photo.jpg")
    deliver(desk, made)
    ticket = ticket_of(desk, answer(out))

    (kept,) = desk.services.attachments.known(ticket.attachments)
    assert (kept.shown.name, kept.shown.type) == ("حذاء.jpg", "image/jpeg")
    assert ticket.message.endswith("(عدد الملفات الموجودة في الرسالة الأصلية وحدها: 1)")


def test_a_follow_ups_photo_is_in_the_conversation(desk, out):
    deliver(desk, mail())
    first = answer(out)
    ticket = ticket_of(desk, first)
    follow = reply_to(first)
    follow.add_attachment(photo(), maintype="image", subtype="jpeg", filename="حذاء.jpg")
    deliver(desk, follow)
    ended(desk, answered=1, follow_up=1)
    said = desk.store.messages_after(ticket.conversation_id, 0, limit=9)

    assert [file.name for one in said for file in one.attachments] == ["حذاء.jpg"]


def test_what_an_agent_writes_leaves_in_the_same_thread(desk, out):
    deliver(desk, mail())
    first = answer(out)
    ticket = ticket_of(desk, first)
    follow = reply_to(first)
    deliver(desk, follow)
    ended(desk, answered=1, follow_up=1)
    sara = hired(desk, login="lee", name="لي")
    sara.post(f"/tickets/{ticket.reference}/reply", client_id="a1", text="يصلكم غدًا")
    got = answer(out, 2)

    assert "يصلكم غدًا" in text_of(got)
    assert got["In-Reply-To"] == follow["Message-ID"]
    assert first["Message-ID"] in got["References"]
    assert got["Auto-Submitted"] is None
    assert got["From"].addresses[0].addr_spec == SHOP
    assert ticket.reference in got["Subject"]
    assert SIGNS.ticket_of([got["Message-ID"]]) == ticket.reference


def test_an_agents_photo_is_enclosed(desk, out):
    deliver(desk, mail())
    path = f"/tickets/{ticket_of(desk, answer(out)).reference}"
    sara = hired(desk, login="ali", name="علي")
    file = {"file": ("حذاء.jpg", photo(size=(900, 900), quality=95), "image/jpeg")}
    stored = desk.http.post(f"/api/v1/agent{path}/attachments", files=file, headers=sara.headers)
    assert stored.status_code == 201, stored.text
    sara.post(f"{path}/reply", client_id="a1", text="صورته", attachments=[stored.json()["id"]])

    (enclosed,) = answer(out, 2).iter_attachments()
    assert enclosed.get_filename() == "حذاء.jpg"
    assert enclosed.get_content().startswith(b"\xff\xd8\xff")
