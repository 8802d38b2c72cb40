"""Hostile words in mails: taken in bounded time, and nothing of them breaks a header of the answer."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from ..hostile import CONTROLS, HOSTILE, TURNS
from .post import SHOP, answer, deliver, ticket_of


def hostile_mail(words):
    """A mail whose text, subject and sender's name are these words, as far as a mail can hold them."""
    shown = words.encode("utf-8", "replace").decode()
    one_line = " ".join(shown.replace("\x00", "").splitlines())
    made = EmailMessage(policy=SMTP.clone(max_line_length=900))
    made["From"] = "sara@example.com"
    made["To"] = SHOP
    made["Subject"] = one_line
    made["Message-ID"] = f"<{abs(hash(words))}@example.com>"
    made.set_content(shown, cte="base64")
    return made


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_answered_by_a_clean_one(desk, out, words):
    deliver(desk, hostile_mail(words))
    back = answer(out)
    assert [address.addr_spec for address in back["To"].addresses] == ["sara@example.com"]
    assert back["Bcc"] is None
    heads = "".join(f"{name}{value}" for name, value in back.items())
    assert set(heads) & (CONTROLS | TURNS) == set()
    ticket = ticket_of(desk, back)
    assert set(ticket.message + ticket.name) & CONTROLS == set()


@pytest.mark.parametrize(
    "text", ["س" * 50_000 + "x" * 50_000, "😀" * 10_000], ids=["100 kB", "emoji"]
)
def test_a_huge_mail_is_cut_and_answered(desk, out, text):
    deliver(desk, hostile_mail(text))
    back = answer(out)
    assert len(ticket_of(desk, back).message) <= 20_100
