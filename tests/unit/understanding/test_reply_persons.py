"""A person is promised when one is there, and an open door named: phone and live chat are people; e-mail is answered later."""

from __future__ import annotations

from itertools import product

import pytest

from jawab.knowledge import calendar
from jawab.text.language import Lang
from jawab.understanding.reply import PEOPLES_CHANNELS

from .saying import (
    MOMENTS,
    SHOPS,
    every_lang,
    said,
)

ESCALATIONS = ("talk_to_human",)


def reachable(knowledge, shop, now):
    profile = knowledge.shops[shop]
    return any(
        calendar.is_open(profile, channel.id, now)
        for channel in profile.shoppers_channels
        if channel.id in PEOPLES_CHANNELS
    )


@pytest.mark.parametrize(
    ("shop", "moment", "someone"),
    [
        pytest.param("digikala", "working hours", True, id="digikala at eleven"),
        pytest.param("digikala", "night", True, id="digikala's phone at night"),
        pytest.param("digikala", "Nowruz", False, id="digikala at Nowruz"),
        pytest.param("digikala", "Saudi National Day", True, id="digikala on another's holiday"),
        pytest.param("souq", "working hours", True, id="souq at eleven"),
        pytest.param("souq", "night", False, id="souq at night"),
        pytest.param("souq", "Nowruz", True, id="souq on another's holiday"),
        pytest.param("souq", "Saudi National Day", False, id="souq on the national day"),
    ],
)
@pytest.mark.parametrize("act", ESCALATIONS)
@every_lang
def test_a_person_is_promised_only_when_one_is_there(knowledge, act, shop, moment, someone, lang):
    now = MOMENTS[moment]
    assert reachable(knowledge, shop, now) is someone
    words = knowledge.words.text(act if someone else f"{act}_closed", lang)
    text = said(knowledge, act, shop=shop, lang=lang, now=now).text
    assert text.startswith(words.split("\n")[0].split("{")[0].strip())


NOBODY = {("digikala", "Nowruz"), ("souq", "night"), ("souq", "Saudi National Day")}


@pytest.mark.parametrize(
    ("act", "shop", "moment"),
    [
        pytest.param(act, shop, moment, id=f"{act} {shop} {moment}")
        for act in (*ESCALATIONS, "frustrated", "other_support")
        for shop, moment in product(SHOPS, MOMENTS)
        # There these two name every channel with its state.
        if act not in ESCALATIONS or (shop, moment) not in NOBODY
    ],
)
@every_lang
def test_an_open_door_is_named_and_a_closed_one_is_not(knowledge, act, moment, shop, lang):
    now, profile = MOMENTS[moment], knowledge.shops[shop]
    text = said(knowledge, act, shop=shop, lang=lang, now=now).text
    listed = {
        channel.id
        for channel in profile.channels.values()
        if any(line.startswith(f"• {channel.name[lang]}") for line in text.split("\n"))
    }
    assert listed == {
        c.id for c in profile.shoppers_channels if calendar.is_open(profile, c.id, now)
    }
    addresses = {a for c in profile.channels.values() for a in c.address if a in text}
    assert addresses == {a for id in listed for a in profile.channels[id].address}


@pytest.mark.parametrize("act", ESCALATIONS)
@pytest.mark.parametrize(
    ("shop", "moment", "when"),
    [
        pytest.param(
            "souq", "night", {Lang.FA: "۹:۰۰", Lang.AR: "9", Lang.EN: "today at 9:00"}, id="night"
        ),
        pytest.param(
            "souq",
            "Saudi National Day",
            {Lang.FA: "فردا", Lang.AR: "غد", Lang.EN: "tomorrow at 9:00"},
            id="national day",
        ),
        pytest.param(
            "digikala",
            "Nowruz",
            {Lang.FA: "۵ فروردین", Lang.AR: "25 مارس", Lang.EN: "25 March"},
            id="Nowruz",
        ),
    ],
)
@every_lang
def test_where_nobody_is_there_the_opening_is_told(knowledge, act, shop, moment, when, lang):
    text = said(knowledge, act, shop=shop, lang=lang, now=MOMENTS[moment]).text
    assert when[lang] in text
    profile = knowledge.shops[shop]
    for channel in profile.shoppers_channels:
        assert f"• {channel.name[lang]}" in text
