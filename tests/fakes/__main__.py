"""`make run-apps`: every messaging app on loopback, a desk with an account of each, and a page with a phone for each app.

Everything of it is kept in `var/apps`, apart from what `make run` keeps. The apps listen at `--port`, the three processes where
the settings say.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

import httpx
from starlette.applications import Starlette

from jawab.settings import Settings

from ..unit.desk.outside import MailServer
from ..unit.desk.running import Running
from .phones.apps import APPS, Apps
from .phones.mail import Correspondent, MailPhone
from .phones.page import Page

PORT = 8090
SHOP_ADDRESS = "info@digikala.example"
LOOK_SECONDS = 0.5


def main(arguments=None):
    """Start everything, tell the addresses, and end with Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="where the page and the apps are")
    port = parser.parse_args(arguments).port
    settings = Settings()
    var = settings.var / "apps"
    desk = f"http://{settings.host}:{settings.port}"
    door = f"127.0.0.1:{_free_port()}"
    apps = Apps()
    with ExitStack() as stack:
        post = stack.enter_context(MailServer())

        def renew(app):
            if app != "mail":
                return apps.phone(app)
            address = f"narges{time.time_ns()}@example.com"
            return MailPhone(Correspondent(post.box, door, SHOP_ADDRESS, address))

        apps.at(f"http://127.0.0.1:{port}").bring_to(desk)
        page = Page(renew, (*APPS, "mail"))
        served = Starlette(routes=[*page.routes, *apps.routes])
        stack.enter_context(Running(served, port=port))
        apps.write_accounts(var / "channels.yml")
        environment = {
            **os.environ,
            "JAWAB_VAR": str(var),
            "JAWAB_DATABASE_URL": f"sqlite:///{var / 'jawab.db'}",
            "JAWAB_CHANNELS_FILE": str(var / "channels.yml"),
            "JAWAB_SMTP_URL": post.url,
            "JAWAB_MAIL_FROM": "notices@digikala.example",
            "JAWAB_MAIL_ADDRESSES": f"digikala={SHOP_ADDRESS}",
            "JAWAB_MAIL_LISTEN": door,
        }
        process = subprocess.Popen([sys.executable, "-m", "jawab.cli", "run"], env=environment)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: process.send_signal(number))
        told = False
        while process.poll() is None:
            if not told and _is_ready(desk):
                told = True
                print(f"\n  phones     {apps.url}/")
                print(f"  an agent   JAWAB_VAR={var} .venv/bin/jawab agent add LOGIN --name NAME")
                sys.stdout.flush()
            time.sleep(LOOK_SECONDS)
    return process.returncode


def _is_ready(desk):
    try:
        return httpx.get(f"{desk}/readyz", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
