"""A channel of WhatsApp and what is sent over it."""

from datetime import datetime, timedelta, timezone

import anyio
import httpx
from hypothesis import strategies as st

from jawab.channels.account import Account
from jawab.channels.contract import (
    Outgoing,
    OutgoingButton,
    RemoteFile,
)
from jawab.channels.whatsapp import WhatsApp
from jawab.text.language import Lang

from ...fakes.whatsapp import (
    APP_SECRET,
    PHONE,
    SHOPPER,
    TOKEN,
    VERIFY,
    message,
    webhook,
)

NOW = datetime(2026, 10, 1, 12, tzinfo=timezone.utc)


SECRETS = {"token": TOKEN, "app_secret": APP_SECRET, "verify_token": VERIFY}


def account(url=None, *, secrets=SECRETS, **options):
    known = {"phone_id": PHONE, **options}
    return Account("shop-whatsapp", "whatsapp", "digikala", secrets, known, base_url=url)


CHANNEL = WhatsApp(account(), httpx.AsyncClient())


def with_channel(cloud, act, **options):
    """Run `await act(channel)` with a channel of its own."""
    secrets = options.pop("secrets", SECRETS)

    async def run():
        async with httpx.AsyncClient(trust_env=False) as client:
            return await act(
                WhatsApp(account(cloud.url, secrets=secrets, **options), client, clock=lambda: NOW)
            )

    return anyio.run(run)


def deliver(cloud, *outgoing, **options):
    async def act(channel):
        return [await channel.deliver(each) for each in outgoing]

    results = with_channel(cloud, act, **options)
    return results[0] if len(results) == 1 else results


def saying(
    text="سلام", *, titles=(), lang=Lang.FA, heard=timedelta(hours=1), chat=SHOPPER, file=None
):
    buttons = tuple(OutgoingButton(f"41-{place}", title) for place, title in enumerate(titles))
    return Outgoing("41.0", chat, text, lang, buttons, file, heard_at=NOW - heard)


def read(*messages, **values):
    return CHANNEL.receive(webhook(*messages, **values))


def read_one(type, content, **more):
    (incoming,) = read(message(type, content, **more))
    return incoming


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


TYPES = (
    "text",
    "interactive",
    "button",
    "image",
    "contacts",
    "location",
    "edit",
    "revoke",
    "sticker",
)


async def _fetched(channel, id, limit):
    return b"".join([piece async for piece in channel.fetch(RemoteFile(id), limit=limit)])
