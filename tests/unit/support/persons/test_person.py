"""Who is who: what joins conversations, and what each may then be told."""

from datetime import datetime, timezone

import pytest

from jawab.support.persons.invitation import PREFIX, InvitationSigns, digest, is_invitation
from jawab.support.persons.person import (
    Joining,
    Member,
    Person,
    Proof,
    joining,
    remaining,
    told_to,
    verified_phone,
)

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
KNOWN = Person("p1", "digikala", "+989121234567")
OTHER = Person("p2", "digikala", "+989127654321")
LINKED = Person("p3", "digikala")
ACCOUNT = "digikala-telegram"


def member(id, person=KNOWN, proof=Proof.PHONE, **more):
    return Member(id, person, proof, NOW, **more)


def test_the_same_verified_phone_tells_both_ways():
    members = [member("telegram"), member("bale")]
    assert told_to("telegram", members) == ("telegram", "bale")
    assert told_to("bale", members) == ("bale", "telegram")


def test_a_link_tells_who_opened_it_and_not_who_made_it():
    members = [
        member("site", LINKED, Proof.MADE),
        member("telegram", LINKED, Proof.OPENED, source="site"),
    ]
    assert told_to("telegram", members) == ("telegram", "site")
    assert told_to("site", members) == ("site",)


def test_who_opens_a_strangers_second_link_is_told_nothing_of_whom_the_first_one_caught():
    """A stranger lets Sara open a link of theirs, then opens another one themselves."""
    members = [
        member("sara"),
        member("sara's telegram", source="stranger's site"),
        member("stranger's site", proof=Proof.MADE),
        member("stranger's bale", proof=Proof.OPENED, source="stranger's site"),
    ]
    assert told_to("stranger's bale", members) == ("stranger's bale", "stranger's site")
    assert told_to("stranger's site", members) == ("stranger's site",)
    assert verified_phone("stranger's bale", members) is None
    assert verified_phone("stranger's site", members) is None


def test_what_is_kept_apart_is_told_nothing_and_not_told_of():
    members = [member("telegram"), member("bale", apart=True)]
    assert told_to("telegram", members) == ("telegram",)
    assert told_to("bale", members) == ("bale",)
    assert verified_phone("bale", members) is None


def test_a_conversation_that_is_nobodys_is_told_its_own():
    assert told_to("site", []) == ("site",)
    assert verified_phone("site", []) is None


def test_the_phone_is_known_where_it_was_verified_and_where_a_link_led_from_there():
    members = [member("telegram"), member("bale", proof=Proof.OPENED, source="telegram")]
    assert verified_phone("telegram", members) == KNOWN.phone
    assert verified_phone("bale", members) == KNOWN.phone


@pytest.mark.parametrize(
    ("one", "other", "expected", "remains"),
    [
        (None, None, Joining.JOINED, None),
        (member("a"), None, Joining.JOINED, KNOWN),
        (member("a", LINKED, Proof.MADE), member("b"), Joining.JOINED, KNOWN),
        (member("a"), member("b"), Joining.JOINED, KNOWN),
        (member("a"), member("b", OTHER), Joining.OTHERS, KNOWN),
        (member("a", apart=True), None, Joining.KEPT_APART, KNOWN),
        (None, member("b", apart=True), Joining.KEPT_APART, KNOWN),
    ],
    ids=["new", "known", "linked and known", "same", "two phones", "apart", "apart there"],
)
def test_what_a_link_may_join(one, other, expected, remains):
    assert joining(one, other) is expected
    assert remaining(one, other) == remains


# Tokens

SIGNS = InvitationSigns("s" * 32)


def test_a_token_fits_a_deep_link_and_is_never_the_same():
    tokens = {SIGNS.new(ACCOUNT) for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert len(token) <= 64
        assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
        assert is_invitation(token)
        assert SIGNS.holds(token, ACCOUNT)


def test_another_accounts_and_another_installations_tokens_do_not_hold():
    token = SIGNS.new(ACCOUNT)
    assert not SIGNS.holds(token, "souq-telegram")
    assert not InvitationSigns("t" * 32).holds(token, ACCOUNT)


@pytest.mark.parametrize("place", [len(PREFIX), 20, 30, 44])
def test_a_changed_token_does_not_hold(place):
    token = SIGNS.new(ACCOUNT)
    changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    assert not SIGNS.holds(changed, ACCOUNT)


@pytest.mark.parametrize("payload", ["", "order-77", "jw-", "jw-" + "A" * 42, "jw-" + "ی" * 43])
def test_what_is_no_token_does_not_hold(payload):
    assert not SIGNS.holds(payload, ACCOUNT)


def test_a_token_written_in_another_way_is_the_same_token():
    """The last of 43 characters holds four bits, so that its last two mean nothing."""
    token = SIGNS.new(ACCOUNT)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + letters[letters.index(token[-1]) ^ 1]
    assert SIGNS.holds(twin, ACCOUNT)
    assert digest(twin) == digest(token)
