"""What the search finds, on every database."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.agents.agent import NewAgent
from jawab.support.agents.store import AgentStore
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Choice, Draft
from jawab.support.conversations.note_store import NoteStore
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.support.search.entry import Kind
from jawab.support.search.store import SearchStore
from jawab.support.search.terms import wanted
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import NewTicket, Origin, Queue, TicketState, agent
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def found(database):
    store = SearchStore(database)

    def ask(query, **more):
        return [hit.text for hit in store.search(wanted(query), **more).hits]

    return ask


def chat(database, *said, shop="digikala", lang=Lang.FA):
    store = Store(database)
    conversation = begin(shop=shop, lang=lang, now=NOW)
    store.open_conversation(conversation, Draft("خوش آمدید", lang))
    for number, each in enumerate(said):
        store.accept(conversation.id, Arrival(f"c{number}", text=each), now=NOW)
    return conversation.id


def ticket(database, **changes):
    values = {
        "shop": "digikala",
        "lang": Lang.FA,
        "topic": "after_sales",
        "queue": Queue.SHOPPERS,
        "name": "سارا احمدی",
        "email": "Sara.Ahmadi@example.com",
        "phone": "+989121234567",
        "order_number": "12345678",
        "message": "کفش سایزم نبود",
        "origin": Origin.PAGE,
        "at": NOW,
        **changes,
    }
    return TicketStore(database).open(NewTicket(**values), due_at=LATER)


@pytest.mark.parametrize(
    ("said", "query"),
    [
        pytest.param("کتاب يكى گم شد", "کتاب یکی", id="Arabic keyboard, Persian query"),
        pytest.param("کتاب یکی گم شد", "كتاب يكي", id="Persian keyboard, Arabic query"),
        pytest.param("أين فاتورة الطلبيّة؟", "اين فاتوره الطلبيه", id="hamza, teh marbuta, harakat"),
        pytest.param("اين فاتوره", "أَيْنَ فاتورة", id="the marks in the query"),
        pytest.param("آدرس را عوض کنید", "ادرس", id="madda"),
        pytest.param("می‌خوام پس بدم", "میخوام", id="joint in the text, joined query"),
        pytest.param("می‌خوام پس بدم", "می خوام", id="joint in the text, query apart"),
        pytest.param("می خوام پس بدم", "می‌خوام", id="apart in the text, joint in the query"),
        pytest.param("می خوام پس بدم", "میخوام", id="apart in the text, joined query"),
        pytest.param("میخوام پس بدم", "می‌خوام", id="joined in the text, joint in the query"),
        pytest.param("میخوام پس بدم", "می خوام", id="joined in the text, query apart"),
        pytest.param("کتاب‌های من", "کتاب", id="one part of a word"),
        pytest.param("مرجوعی من کجاست", "مرجو", id="the beginning of a word"),
        pytest.param("My REFUND is late", "refu", id="case"),
        pytest.param("مبلغ ۱۲۵۰۰ تومان", "12500", id="Persian digits"),
        pytest.param("المبلغ ١٢٥٠٠ ريال", "۱۲۵۰۰", id="Arabic digits, Persian query"),
        pytest.param("شماره‌ام ۰۹۱۲ ۱۲۳ ۴۵۶۷ است", "09121234567", id="a phone in groups"),
        pytest.param("رقمي 0501234567", "+966 50 123 4567", id="a phone from abroad"),
        pytest.param("به sara@example.com بفرستید", "SARA@example.com", id="an e-mail address"),
        pytest.param("تیکت jw k37 w9f2", "JW-K37-W9F2", id="a reference as it was typed"),
        pytest.param("سفارش 1234-5678", "۱۲۳۴۵۶۷۸", id="an order number with a dash"),
    ],
)
def test_a_message_is_found_however_it_is_spelt(database, found, said, query):
    chat(database, said, "چیز دیگری")
    assert found(query) == [said]


def test_all_words_must_be_there(database, found):
    chat(database, "کفش قرمز", "کفش آبی")
    assert found("کفش ابی") == ["کفش آبی"]
    assert found("کفش سبز") == []


def test_the_middle_of_a_word_is_not_looked_for(database, found):
    chat(database, "مرجوعی")
    assert found("جوعی") == []


@pytest.mark.parametrize(
    "query",
    [
        lambda made: made.reference,
        lambda made: made.reference.lower().replace("-", " "),
        lambda made: made.reference.replace("JW-", "").replace("-", ""),
        lambda made: made.reference[:6],
        lambda made: f"تیکت {made.reference}",
        lambda made: "09121234567",
        lambda made: "۰۹۱۲ ۱۲۳ ۴۵ ۶۷",
        lambda made: "+98 912 123 4567",
        lambda made: "00989121234567",
        lambda made: "0912123",
        lambda made: "0912 123",
        lambda made: "9121234567",
        lambda made: "sara.ahmadi@EXAMPLE.com",
        lambda made: "sara.ahmadi",
        lambda made: "۱۲۳۴۵۶۷۸",
        lambda made: "1234-5678",
        lambda made: "سارا احمدي",
    ],
    ids=lambda ask: "",
)
def test_a_ticket_is_found_by_reference_phone_mail_order_number_and_name(database, found, query):
    made = ticket(database)
    ticket(database, name="نرگس", email=None, phone=None, order_number=None, message="شارژر")
    hits = SearchStore(database).search(wanted(query(made))).hits
    assert [hit.entry.reference for hit in hits] == [made.reference]


def test_what_is_written_under_a_ticket_is_found_with_it(database):
    made, store = ticket(database), TicketStore(database)
    store.reply(made.reference, "مبلغ برگشت", who=agent("1"), at=LATER)
    store.note(made.reference, "پیک نیامده بود", who=agent("1"), at=LATER)
    store.move(made.reference, TicketState.OPEN, who=agent("1"), at=LATER, note="دوباره")
    for query in ("برگشت", "پیک", "دوباره"):
        (hit,) = SearchStore(database).search(wanted(query)).hits
        assert (hit.entry.kind, hit.entry.reference, hit.author) == (
            Kind.TICKET,
            made.reference,
            "agent",
        )


def test_a_note_is_found_with_the_name_of_its_writer(database):
    sara = AgentStore(database).add(NewAgent("sara", "سارا"), "a long password", now=NOW)
    conversation = chat(database)
    NoteStore(database).add(conversation, sara, "مشتری قدیمی است", now=NOW)
    (hit,) = SearchStore(database).search(wanted("مشتري"), kind=Kind.NOTE).hits
    assert (hit.entry.conversation_id, hit.signature) == (conversation, "سارا")


def test_the_bots_words_and_pressed_buttons_are_not_found(database, found):
    store = Store(database)
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    greeting = store.open_conversation(
        conversation, Draft("أهلًا بكم", Lang.AR, (Choice("ساعات العمل", {"intent": "x"}),))
    )
    store.accept(conversation.id, Arrival("c", button=greeting.buttons[0].id), now=NOW)
    assert found("أهلا") == found("ساعات") == []


def test_shop_and_kind_narrow_the_search(database, found):
    chat(database, "کفش در گفتگو")
    chat(database, "کفش در سوق", shop="souq", lang=Lang.AR)
    ticket(database, message="کفش در تیکت")
    assert len(found("کفش")) == 3
    assert found("کفش", shops=("souq",)) == ["کفش در سوق"]
    assert found("کفش", kind=Kind.TICKET) == ["کفش در تیکت"]
    assert found("کفش", kind=Kind.MESSAGE, shops=("digikala", "other")) == ["کفش در گفتگو"]
    assert found("کفش", shops=("digi",)) == []


def test_pages_hold_each_find_once_the_latest_first(database):
    chat(database, *(f"کفش {number}" for number in range(7)))
    store, seen, after = SearchStore(database), [], None
    for _ in range(4):
        page = store.search(wanted("کفش"), after=after, limit=3)
        seen += [hit.text for hit in page.hits]
        after = page.after
        if after is None:
            break
    assert seen == [f"کفش {number}" for number in reversed(range(7))]
    assert after is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "؟!",
        "🙂",
        '"',
        "'",
        "\\",
        "'; --",
        'a" OR "b',
        "NEAR(",
        "*",
        ":",
        "@",
        "%",
        "a\x00b",
    ],
)
def test_no_sign_is_an_order_to_the_database(database, found, query):
    chat(database, "کفش")
    assert found(query) == []


def test_what_is_rolled_back_is_not_found(database, found):
    conversation = chat(database, "کفش")
    store = Store(database)
    with pytest.raises(Exception, match="time zone"):
        store.accept(conversation, Arrival("c9", text="کفش دوم"), now=NOW.replace(tzinfo=None))
    assert found("کفش") == ["کفش"]


def test_an_older_database_is_indexed_by_its_migration(url):
    database = Database(connect(url, patience=timedelta(seconds=5)))
    upgrade(database, "0006")
    with database.writing() as connection:
        for statement in (
            "INSERT INTO conversations VALUES ('c', 'souq', 'ar', 'bot', '2027-01-02 10:00:00')",
            "INSERT INTO messages (conversation_id, author, text, lang, created_at, buttons) VALUES"
            " ('c', 'shopper', 'أين طلبيتي؟', 'ar', '2027-01-02 10:00:00', '[]'),"
            " ('c', 'bot', 'طلبيتك في الطريق', 'ar', '2027-01-02 10:00:01', '[]'),"
            " ('c', 'shopper', 'شكرا على طلبيتي', 'ar', '2027-01-02 10:02:00', '[]')",
            "INSERT INTO tickets (reference, shop, lang, topic, name, phone, message, attachments, origin, priority,"
            " queue, state, due_at, opened_at, updated_at, version) VALUES ('JW-K37-W9F2', 'souq', 'ar', 'other',"
            " 'هدى', '+966501234567', 'طلبيتي لم تصل', '[]', 'page', 2, 'shoppers', 'new',"
            " '2027-01-03 10:00:00', '2027-01-02 10:01:00', '2027-01-02 10:01:00', 1)",
            "INSERT INTO ticket_events (reference, who, at, what, data) VALUES"
            " ('JW-K37-W9F2', 'agent:1', '2027-01-02 11:00:00', 'reply', '{\"text\": \"وصلت طلبيتك\"}')",
        ):
            connection.exec_driver_sql(statement)
    upgrade(database)
    hits = SearchStore(database).search(wanted("طلبيت")).hits
    assert [hit.text for hit in hits] == [
        "وصلت طلبيتك",
        "شكرا على طلبيتي",
        "طلبيتي لم تصل",
        "أين طلبيتي؟",
    ]
    assert SearchStore(database).search(wanted("0501234567")).hits[0].text == "طلبيتي لم تصل"
    database.close()
