"""Updates of any shape: reading them never raises, and what a person wrote is never lost."""

import copy
import json

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.channels.account import Account
from jawab.channels.apps import APPS
from jawab.channels.contract import Kind
from jawab.channels.written import from_values, post_of, to_values

from ..fakes.bot_api import FakeBotApi

CHANNELS = {
    name: APPS[name].build(
        Account("a", name, "digikala", {"token": "4242:x", "secret": "s"}), httpx.AsyncClient()
    )
    for name in ("telegram", "bale")
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def samples():
    """One update of each kind, as the app makes them."""
    api = FakeBotApi()
    sara = api.customer(7)
    api.bot().webhook = {}
    first = sara.say("سلام")
    sara.edit(first, "سلام!")
    sara.press("41-0")
    sara.photo(b"x", caption="این", media_group_id="g")
    sara.document(b"x", kind="voice")
    sara.send(contact={"phone_number": "98912", "user_id": 7})
    sara.send(location={"latitude": 1.0, "longitude": 2.0})
    sara.send(sticker={"emoji": "😀"})
    return api.bot().updates


SAMPLES = samples()


def places(value, path=()):
    """Every place within a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for key, item in inner:
        yield from places(item, (*path, key))


@pytest.mark.parametrize("name", CHANNELS)
@settings(deadline=None)  # a busy machine is no fault
@given(data=st.data())
def test_an_update_with_anything_in_one_place_is_read(name, data):
    update = copy.deepcopy(data.draw(st.sampled_from(SAMPLES)))
    path = data.draw(st.sampled_from([p for p in places(update) if p]))
    inside = update
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = data.draw(anything)
    found = CHANNELS[name].receive(json.dumps(update).encode())
    for incoming in found:
        assert from_values(json.loads(json.dumps(to_values(incoming)))) == incoming
        assert "\0" not in incoming.text


@pytest.mark.parametrize("name", CHANNELS)
@settings(deadline=None)
@given(body=st.binary() | anything.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read(name, body):
    assert isinstance(CHANNELS[name].receive(body), tuple)


@pytest.mark.parametrize("name", CHANNELS)
@settings(deadline=None)
@given(text=st.text(min_size=1, alphabet=st.characters(blacklist_categories=["Cs", "Cc"])))
def test_what_was_written_is_kept_whole(name, text):
    update = copy.deepcopy(SAMPLES[0])
    update["message"]["text"] = text
    (incoming,) = CHANNELS[name].receive(json.dumps(update).encode())
    if incoming.kind is not Kind.START:
        assert post_of(incoming).body["text"] == text


def test_each_kind_is_known_as_what_it_is():
    kinds = [CHANNELS["telegram"].receive(json.dumps(u).encode())[0].kind for u in SAMPLES]
    assert kinds == [
        *(Kind.TEXT, Kind.EDITED, Kind.BUTTON, Kind.FILES),
        *(Kind.FILES, Kind.CONTACT, Kind.LOCATION, Kind.STICKER),
    ]
