"""What an owner sets at the desk's page, told to a shopper by Rasa and the action server in the next turn."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from html import unescape

import httpx

from jawab.support.agents.agent import NewAgent, Role
from jawab.support.agents.store import AgentStore
from jawab.support.database import Database, connect

PASSWORD = "صندلی-سبز-پنجره"
PAGE = "/desk/shop/souq?lang=en"
FIELDS = re.compile(r'name="(form_token)" value="([^"]*)"')
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def test_hours_set_at_the_desk_are_told_in_the_next_turn(system):
    database = Database(
        connect(f"sqlite:///{system.var / 'jawab.db'}", patience=timedelta(seconds=5))
    )
    AgentStore(database).add(
        NewAgent("owner", "سارا", Role.OWNER), PASSWORD, now=datetime.now(timezone.utc)
    )
    database.close()
    conversation = system.converse("souq", "en")
    before = told(conversation)
    with httpx.Client(base_url=system.desk, timeout=20) as browser:
        signed = browser.post(
            "/api/v1/agent/session", json={"login": "owner", "password": PASSWORD}
        ).json()
        browser.headers["Cookie"] = f"jawab-desk={signed['token']}"
        token = dict(FIELDS.findall(unescape(browser.get(PAGE).text)))
        hours = {"target": "hours.phone", "seen": "0", **dict.fromkeys(WEEK, "24")}
        saved = browser.post(PAGE, data={**token, **hours})
        assert saved.status_code == 303, saved.text
    assert "9:00 to 21:00" in before
    assert "around the clock" in told(conversation)


def told(conversation):
    text = conversation.say("what are your support hours?")[0]["text"]
    return next(line for line in text.splitlines() if "Phone" in line)
