"""A desk with two accounts of one shop in two apps, one of another shop, and one where numbers are known."""

from contextlib import ExitStack

import pytest

from jawab.channels import accounts

from ...fakes import whatsapp as cloud
from ...fakes.bot_api import FakeBotApi
from ...fakes.whatsapp_customer import WhatsAppCustomer
from ...unit.desk.colleague import Clock
from ...unit.desk.running import Running
from ..apps import SECRET
from ..conftest import SETTINGS
from .acts import TOKENS


@pytest.fixture(scope="module")
def servers():
    with ExitStack() as stack:
        found = {"telegram": FakeBotApi(), "bale": FakeBotApi(secrets=False)}
        found["whatsapp"] = cloud.FakeWhatsApp()
        for server in found.values():
            server.url = stack.enter_context(Running(server.app)).url
        yield found


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(servers, start_desk, tmp_path, rasa, clock):
    """A desk with two accounts of one shop in two apps, one of another shop, and one where numbers are known."""
    written = {
        name: {
            "app": name.split("-")[1],
            "shop": name.split("-")[0],
            "token": token,
            "secret": SECRET,
            "username": f"{name.split('-')[0]}_bot",
            "base_url": servers[name.split("-")[1]].url,
        }
        for name, token in TOKENS.items()
    }
    written["digikala-whatsapp"] = {
        "app": "whatsapp",
        "shop": "digikala",
        "token": cloud.TOKEN,
        "app_secret": cloud.APP_SECRET,
        "verify_token": cloud.VERIFY,
        "phone_id": cloud.PHONE,
        "base_url": servers["whatsapp"].url,
    }
    path = tmp_path / "channels.yml"
    accounts.write(path, written)
    desk = start_desk(clock=clock, channels_file=path, **SETTINGS)
    for server in servers.values():
        server.reset()
    for name, token in TOKENS.items():
        address = f"{desk.url}/channels/{name}"
        hook = {"url": address, "secret": SECRET}
        if "bale" in name:
            hook = {"url": f"{address}/{SECRET}", "secret": ""}
        servers[name.split("-")[1]].bot(token).webhook = hook
    return desk


@pytest.fixture
def at(servers, desk):
    """Somebody with an app: `at("digikala-telegram", 7)`."""

    def customer(account, chat, **more):
        if account == "digikala-whatsapp":
            hook = f"{desk.url}/channels/{account}"
            return WhatsAppCustomer(servers["whatsapp"], hook, chat)
        server = servers[account.split("-")[1]]
        return server.customer(chat, bot=server.bot(TOKENS[account]), **more)

    return customer
