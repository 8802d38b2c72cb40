"""Persons on both databases: who is joined to whom, what is written down, and links that work once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.persons.person import Joining, Proof, What
from jawab.support.persons.store import Opening, PersonStore
from jawab.support.persons.tables import invitations, persons
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
SOON = NOW + timedelta(minutes=15)
PHONE, OTHER = "+989121234567", "+989127654321"
BOT = "digikala-telegram"


@pytest.fixture
def store(database):
    return PersonStore(database)


@pytest.fixture
def new(database):
    """A new conversation; its id."""

    def make(shop="digikala"):
        made = begin(shop=shop, lang=Lang.FA, now=NOW)
        Store(database).open_conversation(made, Draft("سلام", Lang.FA))
        return made.id

    return make


@pytest.fixture
def join(store):
    """Let a link made in one conversation be opened and accepted in another."""

    def run(source, target, name="t1"):
        store.invite(source, name, account=BOT, now=NOW, expires_at=SOON)
        assert store.open(name, account=BOT, conversation_id=target, now=NOW) is Opening.READY
        return store.accept(target, now=NOW)

    return run


def ids(members):
    return [member.conversation_id for member in members]


def test_the_same_phone_is_the_same_person_of_one_shop(store, new):
    one, other, elsewhere = new(), new(), new("souq")
    for conversation in (one, other, elsewhere):
        store.vouch(conversation, PHONE, who=BOT, now=NOW)
    assert set(ids(store.family_of(one))) == {one, other}
    assert ids(store.family_of(elsewhere)) == [elsewhere]
    assert set(store.told_to(one)) == {one, other}


def test_a_phone_vouched_for_again_is_written_down_once(store, new):
    one = new()
    for _ in range(3):
        store.vouch(one, PHONE, who=BOT, now=NOW)
    (event,) = store.history(one)
    assert (event.who, event.what, event.data) == (BOT, What.JOINED, {"proof": "phone"})


def test_another_number_takes_the_conversation_alone_and_leaves_no_phone_behind(
    store, new, database
):
    one, other = new(), new()
    store.vouch(one, PHONE, who=BOT, now=NOW)
    store.vouch(other, PHONE, who=BOT, now=NOW)
    store.vouch(one, OTHER, who=BOT, now=NOW)
    assert ids(store.family_of(one)) == [one]
    assert ids(store.family_of(other)) == [other]
    store.vouch(other, OTHER, who=BOT, now=NOW)
    assert set(ids(store.family_of(one))) == {one, other}
    with database.reading() as connection:
        assert connection.execute(select(persons.c.phone)).scalars().all() == [OTHER]


def test_many_who_share_one_phone_at_once_are_one_person(store, new):
    conversations = [new() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda id: store.vouch(id, PHONE, who=BOT, now=NOW), conversations))
    assert set(ids(store.family_of(conversations[0]))) == set(conversations)


def test_a_link_joins_and_says_by_what(store, new, join):
    site, telegram = new(), new()
    assert join(site, telegram) is Joining.JOINED
    proofs = {one.conversation_id: (one.proof, one.source) for one in store.family_of(site)}
    assert proofs == {site: (Proof.MADE, None), telegram: (Proof.OPENED, site)}
    assert store.told_to(telegram) == (telegram, site)
    assert store.told_to(site) == (site,)
    assert store.history(telegram)[0].data == {"proof": "opened", "source": site}


def test_a_link_and_a_phone_make_one_person_of_three_conversations(store, new, join, database):
    site, telegram, bale = new(), new(), new()
    join(site, telegram)
    store.vouch(bale, PHONE, who="digikala-bale", now=NOW)
    store.vouch(telegram, PHONE, who=BOT, now=NOW)
    assert set(ids(store.family_of(site))) == {site, telegram, bale}
    assert set(store.told_to(telegram)) == {telegram, bale, site}
    assert set(store.told_to(bale)) == {bale, telegram}
    with database.reading() as connection:
        assert len(connection.execute(select(persons)).all()) == 1


def test_two_verified_phones_are_not_joined_by_a_link(store, new, join):
    one, other = new(), new()
    store.vouch(one, PHONE, who=BOT, now=NOW)
    store.vouch(other, OTHER, who=BOT, now=NOW)
    assert join(one, other) is Joining.OTHERS
    assert store.told_to(other) == (other,)


def test_conversations_of_two_shops_are_not_joined(store, new, join):
    one, other = new(), new("souq")
    assert join(one, other) is Joining.OTHERS
    assert store.family_of(other) == ()


def test_a_link_works_for_the_first_who_opens_it_and_once(store, new):
    site, telegram, stranger = new(), new(), new()
    store.invite(site, "t", account=BOT, now=NOW, expires_at=SOON)
    assert store.open("t", account=BOT, conversation_id=telegram, now=NOW) is Opening.READY
    assert store.open("t", account=BOT, conversation_id=stranger, now=NOW) is Opening.OVER
    assert store.accept(stranger, now=NOW) is None
    assert store.accept(telegram, now=NOW) is Joining.JOINED
    assert store.accept(telegram, now=NOW) is None
    assert store.open("t", account=BOT, conversation_id=telegram, now=NOW) is Opening.OVER


def test_two_who_open_it_at_once_do_not_both_get_it(store, new):
    site, chats = new(), [new() for _ in range(4)]
    store.invite(site, "t", account=BOT, now=NOW, expires_at=SOON)

    def open_(chat):
        return store.open("t", account=BOT, conversation_id=chat, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_, chats)).count(Opening.READY) == 1


@pytest.mark.parametrize(
    ("account", "at", "own"),
    [("souq-telegram", NOW, False), (BOT, SOON, False), (BOT, NOW, True)],
    ids=["another account", "too late", "where it was made"],
)
def test_a_link_that_is_not_for_here_is_over(store, new, account, at, own):
    site, telegram = new(), new()
    store.invite(site, "t", account=BOT, now=NOW, expires_at=SOON)
    target = site if own else telegram
    assert store.open("t", account=account, conversation_id=target, now=at) is Opening.OVER


def test_a_link_that_was_opened_in_time_is_not_accepted_too_late(store, new):
    site, telegram = new(), new()
    store.invite(site, "t", account=BOT, now=NOW, expires_at=SOON)
    store.open("t", account=BOT, conversation_id=telegram, now=NOW)
    assert store.accept(telegram, now=SOON) is None
    assert store.family_of(telegram) == ()


def test_a_link_that_was_declined_is_over(store, new):
    site, telegram = new(), new()
    store.invite(site, "t", account=BOT, now=NOW, expires_at=SOON)
    store.open("t", account=BOT, conversation_id=telegram, now=NOW)
    store.decline(telegram, now=NOW)
    assert store.accept(telegram, now=NOW) is None


def test_a_new_link_ends_the_one_before_and_old_ones_go(store, new, database):
    site, telegram = new(), new()
    for name in ("t1", "t2"):
        store.invite(site, name, account=BOT, now=NOW, expires_at=SOON)
    assert store.open("t1", account=BOT, conversation_id=telegram, now=NOW) is Opening.OVER
    store.invite(telegram, "t3", account=BOT, now=SOON + timedelta(1), expires_at=SOON)
    with database.reading() as connection:
        assert connection.execute(select(invitations.c.digest)).scalars().all() == ["t3"]


def test_what_an_agent_separates_stays_apart_until_one_takes_it_back(store, new, join):
    site, telegram, bale = new(), new(), new()
    store.vouch(telegram, PHONE, who=BOT, now=NOW)
    store.vouch(bale, PHONE, who=BOT, now=NOW)
    store.separate(telegram, who="سارا", now=NOW)
    store.separate(telegram, who="سارا", now=NOW)
    store.vouch(telegram, PHONE, who=BOT, now=NOW)
    assert store.told_to(telegram) == (telegram,)
    assert store.told_to(bale) == (bale,)
    assert join(site, telegram) is Joining.KEPT_APART
    store.rejoin(telegram, who="علی", now=NOW)
    assert set(store.told_to(bale)) == {bale, telegram}
    history = [(event.who, event.what) for event in store.history(telegram)]
    assert history == [("علی", What.REJOINED), ("سارا", What.SEPARATED), (BOT, What.JOINED)]


def test_a_new_number_joins_what_was_kept_apart_to_its_own_person_alone(store, new, join):
    site, telegram = new(), new()
    join(site, telegram)
    store.separate(telegram, who="سارا", now=NOW)
    store.vouch(telegram, PHONE, who=BOT, now=NOW)
    assert ids(store.family_of(telegram)) == [telegram]
    assert ids(store.family_of(site)) == [site]


def test_what_an_agent_separated_stays_apart_under_a_new_number_too(store, new, join):
    site, telegram, bale = new(), new(), new()
    join(site, telegram)
    store.separate(telegram, who="سارا", now=NOW)
    store.vouch(telegram, PHONE, who=BOT, now=NOW)
    store.vouch(bale, PHONE, who="digikala-bale", now=NOW)
    assert join(site, telegram, "t2") is Joining.KEPT_APART
    assert (store.told_to(telegram), store.told_to(bale)) == ((telegram,), (bale,))
    store.rejoin(telegram, who="علی", now=NOW)
    assert set(store.told_to(bale)) == {bale, telegram}


def test_separating_what_was_never_joined_does_nothing(store, new):
    one = new()
    store.separate(one, who="سارا", now=NOW)
    assert store.history(one) == ()
