"""Raw mails, read: what real programs send, and whatever else may come."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.channels.mail.html_text import html_text
from jawab.channels.mail.letter import Automatic, EnclosedFile
from jawab.channels.mail.reading import read_letter
from jawab.channels.mail.tnef import files_in

PHOTO = b"\xff\xd8\xff\xe0 a photo"


def lines(*given):
    return b"\r\n".join(one.encode() if isinstance(one, str) else one for one in given)


def mail(text="کفشم نرسیده", **headers):
    made = EmailMessage(policy=SMTP)
    made["From"] = "Sara <Sara@Example.com>"
    made["To"] = "help@shop.example"
    made["Subject"] = "سفارش"
    made["Message-ID"] = "<1@example.com>"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_a_usual_mail_is_read_whole():
    made = mail(In_Reply_To="<b@shop.example>", References="<a@shop.example> <b@shop.example>")
    made.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="کفش.jpg")

    letter = read_letter(made.as_bytes())

    assert letter.sender == "sara@example.com"
    assert letter.name == "Sara"
    assert letter.to == ("help@shop.example",)
    assert letter.subject == "سفارش"
    assert letter.said == letter.text == "کفشم نرسیده"
    assert letter.references == ("<b@shop.example>", "<a@shop.example>")
    assert letter.files == (EnclosedFile("کفش.jpg", PHOTO),)
    assert letter.automatic is None


def test_of_two_forms_the_plain_text_is_read():
    made = mail("وين طلبي؟")
    made.add_alternative("<p>وين <b>طلبي</b>؟</p>", subtype="html")

    assert read_letter(made.as_bytes()).text == "وين طلبي؟"


def test_html_alone_is_read_as_text():
    made = mail()
    made.set_content("<p>وين طلبي؟</p><blockquote>قديم</blockquote>", subtype="html")

    letter = read_letter(made.as_bytes())

    assert letter.text == "وين طلبي؟\n\n> قديم"
    assert letter.said == "وين طلبي؟"


@pytest.mark.parametrize("charset", ["windows-1256", "no-such-charset", "us-ascii", ""])
def test_old_arabic_letters_are_read_whatever_the_charset_claims_to_be(charset):
    content = lines(
        "From: a@example.com", f"Content-Type: text/plain; charset={charset}", "", ""
    ) + "أين طلبي".encode("cp1256")

    assert read_letter(content).text == "أين طلبي"


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?b?2LPZgdin2LHYtA==?=",
        "=?utf-8?Q?=D8=B3=D9=81=D8=A7?==?utf-8?Q?=D8=B1=D8=B4?=",
        "سفارش",
        "=?utf-8?b?2LPZgdin?=\r\n =?utf-8?b?2LHYtA==?=",
    ],
)
def test_subjects_as_they_are_written(subject):
    content = lines("From: a@example.com", f"Subject: {subject}", "", "x")

    assert read_letter(content).subject == "سفارش"


@pytest.mark.parametrize(
    "disposition",
    [
        "filename*=utf-8''%DA%A9%D9%81%D8%B4.jpg",
        "filename*0*=utf-8''%DA%A9%D9%81;\r\n filename*1*=%D8%B4.jpg",
        'filename="=?utf-8?b?2qnZgdi0LmpwZw==?="',
    ],
)
def test_file_names_as_they_are_written(disposition):
    content = lines(
        "Content-Type: image/jpeg",
        f"Content-Disposition: attachment; {disposition}",
        "Content-Transfer-Encoding: base64",
        "",
        "/9j/",
    )

    assert read_letter(content).files == (EnclosedFile("کفش.jpg", b"\xff\xd8\xff"),)


def test_a_forwarded_mail_is_part_of_what_is_said():
    inner = mail("بسته‌ام گم شده")
    made = mail("این را ببینید")
    made.add_attachment(inner)

    assert read_letter(made.as_bytes()).text == "این را ببینید\n\nبسته‌ام گم شده"


def test_outlooks_wrapping_is_opened():
    def attribute(id, value):
        head = b"\x02" + id.to_bytes(2, "little") + b"\x00\x00"
        return head + len(value).to_bytes(4, "little") + value + b"\0\0"

    wrapped = (
        b"\x78\x9f\x3e\x22\x01\x00"
        + attribute(0x9002, b"....")
        + attribute(0x800F, PHOTO)
        + attribute(0x8010, b"shoe.jpg\0")
    )
    made = mail("see it")
    made.add_attachment(wrapped, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    assert read_letter(made.as_bytes()).files == (EnclosedFile("shoe.jpg", PHOTO),)
    assert files_in(wrapped[:40]) == ()


AUTOMATIC = {
    "RFC 3834": (Automatic.REPLY, {"Auto_Submitted": "auto-replied"}),
    "X-Autoreply": (Automatic.REPLY, {"X_Autoreply": "yes"}),
    "precedence": (Automatic.REPLY, {"Precedence": "auto_reply"}),
    "subject en": (Automatic.REPLY, {"Subject": "Automatic reply: Your request"}),
    "subject fa": (Automatic.REPLY, {"Subject": "پاسخ خودکار: درخواست شما"}),
    "subject ar": (Automatic.REPLY, {"Subject": "رد تلقائي: طلبكم"}),
    "bulk": (Automatic.LIST, {"Precedence": "bulk"}),
    "newsletter": (Automatic.LIST, {"List_Unsubscribe": "<mailto:off@news.example>"}),
    "daemon": (Automatic.BOUNCE, {"From": "MAILER-DAEMON@mx.example"}),
    "empty path": (Automatic.REPLY, {"Return_Path": "<>"}),
    "a person": (None, {"Auto_Submitted": "no", "Subject": "office chair"}),
}


@pytest.mark.parametrize(("kind", "headers"), AUTOMATIC.values(), ids=AUTOMATIC.keys())
def test_mails_that_no_person_waits_behind(kind, headers):
    assert read_letter(mail(**headers).as_bytes()).automatic is kind


def test_an_empty_envelope_sender_is_nobody_to_answer():
    assert read_letter(mail().as_bytes(), envelope_sender="").automatic is Automatic.REPLY
    assert read_letter(mail().as_bytes(), envelope_sender="a@example.com").automatic is None


@pytest.mark.parametrize(("status", "permanent"), [("5.1.1", True), ("4.4.1", False)])
def test_a_bounce_tells_which_mail_came_back(status, permanent):
    content = lines(
        "From: MAILER-DAEMON@mx.example",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "It did not arrive.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        "Final-Recipient: rfc822; sara@example.com",
        f"Status: {status}",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        "Message-ID: <ours@shop.example>",
        "--b--",
    )

    letter = read_letter(content)

    assert letter.automatic is Automatic.BOUNCE
    assert letter.returned == ("<ours@shop.example>",)
    assert letter.permanent is permanent


def test_html_runs_nothing_and_tells_where_links_lead():
    html = (
        "<head><title>x</title></head><script>alert(1)</script><style>p{}</style>"
        "<p>سلام &amp; درود</p><ul><li>یک<li>دو</ul>"
        "<a href='https://shop.example/o/1'>سفارش</a> <a href='javascript:x()'>کلیک</a>"
        "<div class='gmail_quote'>قدیم<br>قدیم‌تر</div>جدید"
    )

    assert html_text(html) == (
        "سلام & درود\n\n• یک\n• دو\nسفارش (https://shop.example/o/1) کلیک\n> قدیم\n> قدیم‌تر\nجدید"
    )


@settings(deadline=None)
@given(st.binary(max_size=4000))
def test_anything_is_read(content):
    letter = read_letter(content)

    letter.subject.encode()
    letter.text.encode()


HEADERS = st.sampled_from(
    [
        *("From", "To", "Subject", "Content-Type", "Content-Disposition", "Message-ID"),
        *("References", "In-Reply-To", "Content-Transfer-Encoding", "Reply-To", "MIME-Version"),
        "Auto-Submitted",
    ]
)
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"multipart/mixed; boundary=b",
            b"multipart/alternative; boundary=b",
            b"multipart/report; report-type=delivery-status; boundary=b",
            b"message/rfc822",
            b"message/delivery-status",
            b"text/html; charset=utf-7",
            b"text/plain; charset*=utf-8''%ff",
            b"application/ms-tnef",
            b"attachment; filename*0*=x'y'%zz; filename*2=a",
            b"base64",
            b"x-uuencode",
            b"quoted-printable",
            b"=?utf-8?b?!!!?= <a@b>",
            b"=?x?q?=ff?=",
            b'"unclosed <a@b.example',
            b"<<>>",
        ]
    ),
)
BODIES = st.lists(
    st.one_of(st.binary(max_size=80), st.sampled_from([b"--b", b"--b--", b"", b"<p>", b"> x"])),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(HEADERS, VALUES), max_size=12), BODIES)
def test_broken_mails_are_read_as_far_as_they_go(headers, body):
    content = b"\r\n".join(
        [*(name.encode() + b": " + value for name, value in headers), b"", *body]
    )

    letter = read_letter(content)

    for text in (letter.subject, letter.text, letter.said, letter.sender, letter.name):
        assert "\0" not in text


@settings(deadline=None)
@given(st.text())
def test_what_a_person_writes_arrives_whole(text):
    letter = read_letter(mail(text).as_bytes())

    assert letter.text.split() == text.replace("\0", "").split()


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/ab='\"&;!-pdivblockquote \n"), max_size=200))
def test_any_html_is_read(html):
    html_text(html)
