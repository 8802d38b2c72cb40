"""Who is called and when a ticket is the way: hours, closing days, agents."""

from datetime import datetime
from pathlib import Path

import pytest

from jawab.knowledge import load
from jawab.knowledge.texts import frozen
from jawab.support.handovers import escalation
from jawab.support.handovers.escalation import Way
from jawab.text.language import Lang

KNOWLEDGE = load(Path(__file__).parents[4])
WORKING = datetime.fromisoformat("2026-11-24T11:00+03:30")
NIGHT = datetime.fromisoformat("2026-11-25T03:15+03:30")
NOWRUZ = datetime.fromisoformat("2027-03-22T12:00+03:30")
SAUDI_NATIONAL_DAY = datetime.fromisoformat("2026-09-23T12:00+03:00")


@pytest.mark.parametrize(
    ("shop", "now", "present", "way"),
    [
        pytest.param("digikala", WORKING, 1, Way.CALL, id="open and somebody there"),
        pytest.param("digikala", WORKING, 0, Way.BUSY, id="open and nobody there"),
        pytest.param("digikala", NIGHT, 3, Way.CLOSED, id="night, whoever is there"),
        pytest.param("digikala", NOWRUZ, 3, Way.CLOSED, id="a closing day"),
        pytest.param("souq", NOWRUZ, 1, Way.CALL, id="another country's holiday"),
        pytest.param("souq", SAUDI_NATIONAL_DAY, 1, Way.CLOSED, id="the own national day"),
        pytest.param("souq", WORKING, None, Way.NONE, id="nobody counts the agents"),
    ],
)
def test_a_person_is_called_only_when_one_is_there(shop, now, present, way):
    assert escalation.way(KNOWLEDGE.shop(shop), now, present=present) is way


def test_a_shop_without_live_chat_calls_nobody():
    from dataclasses import replace

    shop = KNOWLEDGE.shop("souq")
    channels = {id: c for id, c in shop.channels.items() if id != "live_chat"}
    without = replace(shop, channels=frozen(channels))
    assert escalation.way(without, WORKING, present=5) is Way.NONE


@pytest.mark.parametrize(
    ("now", "lang", "told"),
    [
        (NIGHT, Lang.FA, "امروز ساعت ۹:۰۰"),
        (NIGHT, Lang.EN, "opens today at 9:00"),
        (NOWRUZ, Lang.AR, "عيد النوروز"),
    ],
)
def test_when_the_chat_opens_again_is_told(now, lang, told):
    assert told in escalation.opening(KNOWLEDGE.shop("digikala"), lang, now)
