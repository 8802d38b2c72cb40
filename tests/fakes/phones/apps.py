"""Every app's fake server on one address, the accounts that a desk needs for them, and people who use them."""

import itertools
import time
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.routing import Mount

from jawab.channels import accounts

from .. import rubika, whatsapp
from ..bot_api import FakeBotApi
from ..rubika import FakeRubika, RubikaCustomer
from ..whatsapp import FakeWhatsApp
from ..whatsapp_customer import WhatsAppCustomer
from .bot_api import BotApiPhone
from .rubika import RubikaPhone
from .whatsapp import WhatsAppPhone

TOKEN, SECRET = "4242:fake-token", "a-secret-nobody-can-guess"
APPS = ("telegram", "bale", "rubika", "whatsapp")
SHOPS = {"telegram": "digikala", "bale": "digikala", "rubika": "digikala", "whatsapp": "souq"}
POLLED = "bale"  # as behind NAT; the others call the desk


@dataclass(frozen=True)
class _Person:
    name: str
    lang: str


SARA, NOURA = _Person("سارا", "fa"), _Person("نورة", "ar")


class Apps:
    """The servers, each below its app's name at `url`; `desk` is where they bring their updates."""

    def __init__(self):
        # What a desk has heard it hears no second time, so each start has numbers of its own.
        first = int(time.time())
        self._people = itertools.count(first)
        self.servers = {
            "telegram": FakeBotApi(first=first),
            "bale": FakeBotApi(secrets=False, first=first),
            "rubika": FakeRubika(first=first * 1_000_000),
            "whatsapp": FakeWhatsApp(first=first),
        }
        self.routes = [Mount(f"/{name}", server.app) for name, server in self.servers.items()]
        self.app = Starlette(routes=self.routes)
        self.url = self.desk = ""

    def at(self, url):
        """The servers are here."""
        self.url = url
        for name, server in self.servers.items():
            server.url = f"{url}/{name}"
        return self

    def bring_to(self, desk):
        """This is the desk's address."""
        self.desk = desk
        hook = {"url": self.hook("telegram"), "secret": SECRET}
        self.servers["telegram"].bot(TOKEN).webhook = hook
        self.servers["bale"].bot(TOKEN)
        return self

    def hook(self, app):
        """The address of this app's account at the desk."""
        return f"{self.desk}/channels/{SHOPS[app]}-{app}"

    def write_accounts(self, path):
        """Write the desk's file of channels."""
        bot = {"token": TOKEN, "secret": SECRET, "username": "jawab_bot"}
        own = {
            "telegram": bot,
            "bale": bot,
            "rubika": {**bot, "token": rubika.TOKEN, "secret": rubika.SECRET},
            "whatsapp": {
                "token": whatsapp.TOKEN,
                "app_secret": whatsapp.APP_SECRET,
                "verify_token": whatsapp.VERIFY,
                "phone_id": whatsapp.PHONE,
                "template": "answer_waiting",
            },
        }
        found = {
            f"{SHOPS[app]}-{app}": {
                "app": app,
                "shop": SHOPS[app],
                "base_url": self.servers[app].url,
                "updates": "poll" if app == POLLED else "webhook",
                **values,
            }
            for app, values in own.items()
        }
        accounts.write(path, found)

    def phone(self, app, person=None):
        """Somebody new with this app in hand."""
        server, number, shop = self.servers[app], next(self._people), SHOPS[app]
        person = person or (NOURA if shop == "souq" else SARA)
        if app == "rubika":
            hook = f"{self.hook(app)}/{rubika.SECRET}"
            return RubikaPhone(RubikaCustomer(server, hook, number), shop)
        if app == "whatsapp":
            chat = f"9665{number % 100_000_000:08}"
            return WhatsAppPhone(WhatsAppCustomer(server, self.hook(app), chat), shop)
        customer = server.customer(number, name=person.name, lang=person.lang)
        return BotApiPhone(app, customer, shop)
