"""Who a shopper is at the shop is believed when the shop has signed it, and only then."""

import re
import time

import pytest

from jawab.desk.gate_words import GATE_WORDS
from jawab.settings import PROJECT, Settings
from jawab.support.persons.identity import sign
from jawab.text.language import Lang

from .colleague import Clock, hired

SECRET, OTHER = "s" * 32, "o" * 32
OPEN = "/api/v1/conversations"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(start_desk, clock):
    return start_desk(clock=clock, identity_secrets={"souq": SECRET, "digikala": OTHER})


def identify(clock, user="4711", *, shop="souq", secret=SECRET, lasts=3600, **more):
    expires = int(clock().timestamp()) + lasts
    signature = sign(user, expires, shop=shop, secret=secret)
    return {"user": user, "expires": expires, "signature": signature, **more}


def begun(desk, identity, shop="souq", **more):
    return desk.http.post(OPEN, json={"shop": shop, "identify": identity, **more})


def test_an_agent_reads_who_the_shopper_is_at_the_shop(desk, clock):
    agent = hired(desk, "sara")
    chat = desk.begin("souq", identify=identify(clock, "کاربر ۴۷۱۱"))
    nobody = desk.begin("souq")
    assert agent.get(f"/conversations/{chat.id}")["signed_as"] == "کاربر ۴۷۱۱"
    assert agent.get(f"/conversations/{nobody.id}")["signed_as"] is None


@pytest.mark.parametrize(
    "forged",
    [
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": "س" * 64},
        {"user": "4712"},
        {"expires": 2_000_000_000},
    ],
    ids=["zeros", "none", "no digits", "another user", "for longer"],
)
def test_what_the_shop_has_not_signed_is_refused(desk, clock, forged):
    refused = begun(desk, {**identify(clock), **forged})
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "identity_forged"
    assert desk.store.counts().conversations == 0


def test_another_shops_secret_signs_nothing_here(desk, clock):
    elsewhere = identify(clock, shop="digikala", secret=OTHER)
    assert begun(desk, elsewhere).json()["error"]["code"] == "identity_forged"
    mistaken = identify(clock, shop="souq", secret=OTHER)
    assert begun(desk, mistaken).json()["error"]["code"] == "identity_forged"
    assert begun(desk, elsewhere, shop="digikala").status_code == 201


def test_what_was_signed_long_ago_is_refused(desk, clock):
    old = identify(clock, lasts=0)
    assert begun(desk, old).json()["error"]["code"] == "identity_expired"


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_the_refusal_is_in_the_shoppers_language(desk, clock, lang):
    refused = desk.http.post(
        OPEN,
        json={"shop": "souq", "identify": identify(clock, signature="0" * 64)},
        headers={"Accept-Language": lang.value},
    )
    assert refused.json()["error"]["message"] == GATE_WORDS["identity_forged"][lang]


def test_a_shop_without_a_secret_names_nobody(start_desk, clock):
    refused = begun(start_desk(clock=clock), identify(clock))
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "identity_not_set_up"


def test_an_identity_opens_no_other_conversation(desk, clock):
    one = desk.begin("souq", identify=identify(clock))
    other = desk.begin("souq", identify=identify(clock))
    assert desk.http.get(f"{one.path}/messages", headers=other.headers).status_code == 403


def test_the_bot_is_told_nothing_of_it(desk, clock, rasa):
    desk.begin("souq", identify=identify(clock, "zq93")).ask("hello")
    assert "zq93" not in str(rasa.asked)


@pytest.mark.parametrize("written", ["souq", "souq=short", "souq=" + "s" * 31, "=" + "s" * 32])
def test_a_secret_that_is_too_short_is_refused(monkeypatch, written):
    monkeypatch.setenv("JAWAB_IDENTITY_SECRETS", written)
    with pytest.raises(ValueError, match="32 characters"):
        Settings(_env_file=None)


def test_secrets_are_written_with_blanks_between_and_never_shown(monkeypatch):
    monkeypatch.setenv("JAWAB_IDENTITY_SECRETS", f"souq={SECRET} digikala={OTHER}=")
    found = Settings(_env_file=None)
    assert found.identity_secrets["digikala"].get_secret_value() == f"{OTHER}="
    assert SECRET not in repr(found)


def test_the_example_of_the_documentation_is_taken(start_desk):
    page = (PROJECT / "docs" / "gate.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names = {}
    exec(example, names)
    desk = start_desk(identity_secrets={"souq": SECRET})
    assert names["identify"]("4711", "souq", SECRET)["expires"] > time.time()
    assert begun(desk, names["identify"]("4711", "souq", SECRET)).status_code == 201
