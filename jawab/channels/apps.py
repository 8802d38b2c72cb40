"""Every app there is: how an account of it is made, and which secrets it needs. A new app is one line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import httpx

from jawab.channels.account import Account
from jawab.channels.bale import Bale
from jawab.channels.contract import Channel
from jawab.channels.eitaa import Eitaa
from jawab.channels.rubika import Rubika
from jawab.channels.telegram import Telegram
from jawab.channels.whatsapp import WhatsApp


@dataclass(frozen=True)
class App:
    """`secrets` must be set; of them, `made` are the ones we make up ourselves. `options` may be set.

    `sends_only`: nothing comes from it. `deep_link` opens a chat with the bot `{username}` and gives it `{payload}`.
    """

    build: Callable[[Account, httpx.AsyncClient], Channel]
    secrets: tuple[str, ...]
    made: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    sends_only: bool = False
    deep_link: str = ""


APPS: Mapping[str, App] = MappingProxyType(
    {
        "telegram": App(
            Telegram,
            ("token", "secret"),
            made=("secret",),
            options=("username",),
            deep_link="https://t.me/{username}?start={payload}",
        ),
        "bale": App(
            Bale,
            ("token", "secret"),
            made=("secret",),
            options=("username",),
            deep_link="https://ble.ir/{username}?start={payload}",
        ),
        "rubika": App(Rubika, ("token", "secret"), made=("secret",), options=("username",)),
        "eitaa": App(Eitaa, ("token",), options=("chat", "notices"), sends_only=True),
        "whatsapp": App(
            WhatsApp,
            ("token", "app_secret", "verify_token"),
            made=("verify_token",),
            options=("phone_id", "version", "template", "template_langs"),
        ),
    }
)
