"""Whatever WhatsApp's webhooks hold, nothing raises and no message is lost."""

import json

from hypothesis import given
from hypothesis import strategies as st

from jawab.channels.contract import (
    Kind,
)

from ...fakes.whatsapp import (
    SHOPPER,
    message,
    webhook,
)
from .cloud import CHANNEL, JSON, TYPES, read


@given(body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_make_it_raise(body):
    assert CHANNEL.receive(body) == ()


@given(type=st.sampled_from(TYPES) | st.text(max_size=12), content=JSON, context=JSON)
def test_whatever_a_message_holds_it_is_never_lost(type, content, context):
    sent = {"from": SHOPPER, "id": "wamid.9", "context": context, "type": type}
    (incoming,) = read({**sent, type: content, "type": type, "from": SHOPPER, "id": "wamid.9"})
    assert (incoming.chat, incoming.id, incoming.update) == (SHOPPER, "wamid.9", "wamid.9")


@given(value=JSON, statuses=JSON, contacts=JSON)
def test_the_rest_of_a_webhook_may_be_anything(value, statuses, contacts):
    body = json.loads(webhook(message("text", {"body": "سلام"})))
    inside = body["entry"][0]["changes"][0]["value"]
    inside.update(statuses=statuses, contacts=contacts, errors=value)
    found = CHANNEL.receive(json.dumps(body).encode())
    assert [incoming.text for incoming in found if incoming.kind is Kind.TEXT] == ["سلام"]
