"""Every app on loopback with people who use it, and a desk with an account of each; a fake Rasa answers behind it."""

import pytest

from ...fakes.phones.apps import Apps
from ...unit.desk.running import Desk, Running
from ..conftest import SETTINGS


@pytest.fixture(scope="module")
def apps():
    apps = Apps()
    with Running(apps.app) as server:
        yield apps.at(server.url)


@pytest.fixture(scope="module")
def served(apps, _rasa_server, knowledge, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    apps.write_accounts(folder / "channels.yml")
    settings = {**SETTINGS, "channels_file": folder / "channels.yml"}
    desk = Desk(folder, _rasa_server.url, knowledge, settings)
    apps.bring_to(desk.url)
    yield desk
    desk.stop()


def titles(choices):
    return [choice.title for choice in choices]
