"""Files fetched from WhatsApp, and the account itself."""

import httpx
import pytest

from jawab.channels.contract import (
    ChannelError,
    FetchFailed,
)
from jawab.channels.whatsapp import WhatsApp

from ...fakes.whatsapp import (
    SHOPPER,
    TOKEN,
    VERIFY,
    message,
    webhook,
)
from .cloud import SECRETS, _fetched, account, with_channel


def test_a_shoppers_file_is_fetched_with_the_token(cloud):
    id = cloud.keep(b"photo" * 1000, "image/jpeg")
    assert with_channel(cloud, lambda channel: _fetched(channel, id, 5000)) == b"photo" * 1000
    assert cloud.fetched == [f"Bearer {TOKEN}"]


def test_a_file_that_is_too_large_is_not_fetched(cloud):
    id = cloud.keep(b"x" * 5001, "image/jpeg")
    with pytest.raises(FetchFailed, match="too large") as failed:
        with_channel(cloud, lambda channel: _fetched(channel, id, 5000))
    assert failed.value.final
    assert cloud.fetched == []


def test_the_token_is_shown_to_nobody_but_meta(cloud):
    id = cloud.keep(b"photo", "image/jpeg")
    for address in ("https://fbsbx.com.evil.example/x", "http://lookaside.fbsbx.com/x", "//[", ""):
        cloud.file_address = address or "no address"
        with pytest.raises(FetchFailed, match="no address"):
            with_channel(cloud, lambda channel: _fetched(channel, id, 5000))


def test_a_file_that_is_gone_is_not_asked_for_again(cloud):
    with pytest.raises(FetchFailed) as failed:
        with_channel(cloud, lambda channel: _fetched(channel, "404", 5000))
    assert failed.value.final


def test_typing_is_shown_under_the_last_message(cloud):
    async def act(channel):
        await channel.typing(SHOPPER)
        channel.receive(webhook(message("text", {"body": "سلام"}, id="wamid.77")))
        await channel.typing(SHOPPER)

    with_channel(cloud, act)
    assert cloud.seen == ["wamid.77"]


def test_check_tells_who_the_account_is(cloud):
    said = with_channel(cloud, lambda channel: channel.check(), template="answer_waiting")
    assert said == "+98 21 9100 0100 دیجی‌کالا"


def test_check_says_what_is_wrong_with_the_token(cloud):
    wrong = {**SECRETS, "token": "old"}
    with pytest.raises(ChannelError, match="expired"):
        with_channel(cloud, lambda channel: channel.check(), secrets=wrong)


def test_registering_gives_meta_the_address_and_the_token(cloud):
    address = "https://desk.example/channels/shop-whatsapp"
    with_channel(cloud, lambda channel: channel.register(address))
    assert cloud.webhook == {"override_callback_uri": address, "verify_token": VERIFY}
    cloud.then(100)
    assert address in with_channel(cloud, lambda channel: channel.register(address))
    with_channel(cloud, lambda channel: channel.unregister())
    assert cloud.webhook == {"override_callback_uri": ""}


@pytest.mark.parametrize("missing", SECRETS)
def test_without_a_secret_it_does_not_start(missing):
    with pytest.raises(ChannelError, match=missing):
        WhatsApp(account(secrets={**SECRETS, missing: ""}), httpx.AsyncClient())


def test_without_the_numbers_id_it_does_not_start():
    with pytest.raises(ChannelError, match="phone_id"):
        WhatsApp(account(phone_id="+98 21"), httpx.AsyncClient())
