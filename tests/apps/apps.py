"""Every messaging app in which shoppers write: its fake server, the account of it that a desk has, and what goes wrong there."""

import itertools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from ..fakes import rubika, whatsapp
from ..fakes.bot_api import FakeBotApi
from ..fakes.bot_api_customer import Customer
from ..fakes.whatsapp_customer import WhatsAppCustomer

TOKEN = "4242:fake-token"
SECRET = "a-secret-nobody-can-guess"
_chats = itertools.count(700)


class App:
    """One app. `people` are its shoppers, who have the verbs that the app has; `troubles` names what can go wrong with a
    message, `blocked` the words in which the desk knows of a shopper who wants no more of them. An owner types the secrets
    `typed` and the `options`, and is told `who` the account is.
    """

    people: type = Customer
    troubles: Mapping[str, Any] = MappingProxyType({"too many": (429, 1), "server error": 500})
    blocked = "blocked"
    file_trouble: Any = 500
    typed: tuple[str, ...] = (TOKEN,)
    options: tuple[str, ...] = ()
    who = "@jawab_bot"

    def __init__(self, name, server):
        self.name, self.server = name, server

    @property
    def account(self):
        """How it stands in the file of channels."""
        return {
            "app": self.name,
            "shop": "digikala",
            "token": TOKEN,
            "secret": SECRET,
            "username": "jawab_bot",
            "base_url": self.server.url,
        }

    def customer(self, *, group=False, **more):
        """Somebody new who uses the app, alone or in a group."""
        number = next(_chats)
        return self.server.customer(-number if group else number, group=group, **more)

    def hook(self, desk):
        """Tell the app where its updates go, as `jawab channel add` does."""
        address = f"{desk.url}/channels/{self.name}"
        hook = {"url": address, "secret": SECRET}
        if not self.server.secrets:
            hook = {"url": f"{address}/{SECRET}", "secret": ""}
        self.server.bot(TOKEN).webhook = hook

    def told(self):
        """The address where the app brings its updates now."""
        return self.server.bot(TOKEN).webhook.get("url", "")

    def reset(self):
        """Forget what was sent and what was to happen."""
        self.server.reset()

    def then(self, *troubles):
        """Line up what goes wrong with the next messages."""
        self.server.then(*(self.troubles.get(each, each) for each in troubles))

    def without_a_file(self):
        """Let the next file not be had at once."""
        self.server.then(self.file_trouble)

    def mended(self):
        """Nothing goes wrong any more."""
        self.server.behaviours.clear()

    def waiting(self):
        """How many updates wait to be polled."""
        return len(self.server.bot(TOKEN).updates)

    def typed_to(self, customer):
        """Whether this shopper was shown that one is writing."""
        return str(customer.chat) in map(str, self.server.typed)


class RubikaApp(App):
    """Rubika, whose address has a secret in it."""

    people = rubika.RubikaCustomer
    troubles = MappingProxyType(
        {"too many": (429, b"wait"), "server error": "ERROR_GENERIC", "page": (502, b"<html>")}
    )
    blocked = "no access to this chat"
    typed = (rubika.TOKEN,)
    _hook = None

    @property
    def account(self):
        known = {"token": rubika.TOKEN, "secret": rubika.SECRET}
        return {**super().account, **known}

    def customer(self, **more):
        return rubika.RubikaCustomer(self.server, self._hook, next(_chats), **more)

    def hook(self, desk):
        self._hook = f"{desk.url}/channels/{self.name}/{rubika.SECRET}"

    def told(self):
        return self.server.endpoints.get("ReceiveUpdate", "")

    def reset(self):
        self._hook = None
        self.server.reset()

    def without_a_file(self):
        self.server.unready = 1

    def mended(self):
        self.server._next.clear()

    def waiting(self):
        return 0  # Rubika keeps them all


class WhatsAppApp(App):
    """WhatsApp, which signs what it sends, and cannot be polled."""

    people = WhatsAppCustomer
    troubles = MappingProxyType(
        {
            "too many": (429, b"wait", {"retry-after": "1"}),
            "server error": 131000,
            "page": (502, b"<html>"),
        }
    )
    blocked = "not reachable on WhatsApp"
    file_trouble = (503, b"")
    typed = (whatsapp.TOKEN, whatsapp.APP_SECRET)
    options = (f"phone_id={whatsapp.PHONE}", "template=answer_waiting")
    who = "+98 21 9100 0100 دیجی‌کالا"
    _hook = None

    @property
    def account(self):
        return {
            "app": "whatsapp",
            "shop": "digikala",
            "token": whatsapp.TOKEN,
            "app_secret": whatsapp.APP_SECRET,
            "verify_token": whatsapp.VERIFY,
            "phone_id": whatsapp.PHONE,
            "template": "answer_waiting",
            "base_url": self.server.url,
        }

    def customer(self, **more):
        number = 989120000000 + next(_chats)
        return WhatsAppCustomer(self.server, self._hook, number, **more)

    def hook(self, desk):
        self._hook = f"{desk.url}/channels/{self.name}"

    def told(self):
        return (self.server.webhook or {}).get("override_callback_uri", "")

    def mended(self):
        self.server._next.clear()

    def typed_to(self, customer):
        return bool(self.server.seen)


MADE = {
    "telegram": lambda: App("telegram", FakeBotApi()),
    "bale": lambda: App("bale", FakeBotApi(secrets=False)),
    "rubika": lambda: RubikaApp("rubika", rubika.FakeRubika()),
    "whatsapp": lambda: WhatsAppApp("whatsapp", whatsapp.FakeWhatsApp()),
}
BOT_APIS = ("telegram", "bale")
_PEOPLE = {
    "telegram": App.people,
    "bale": App.people,
    "rubika": RubikaApp.people,
    "whatsapp": WhatsAppApp.people,
}
POLLED = tuple(name for name in MADE if name != "whatsapp")
TYPING = tuple(name for name in MADE if name != "rubika")
# Apps with groups, and with deep links that carry a payload.
GROUPS = LINKS = POLLED


def only(*names):
    """A test of these apps alone, because the others have nothing of the kind."""
    return pytest.mark.parametrize("app", names, indirect=True)


def able(verb):
    """A test of the apps whose shoppers have this verb."""
    return only(*(name for name, people in _PEOPLE.items() if hasattr(people, verb)))
