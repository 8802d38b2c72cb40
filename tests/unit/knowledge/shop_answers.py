"""Every answer of the project's own shops, and what in a text is another shop's."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from jawab.knowledge import Knowledge, load
from jawab.text.language import Lang

ROOT = Path(__file__).parents[3]
SHOPS = ("digikala", "souq")
MOMENTS = {
    "a working hour": "2026-11-24T11:00+03:30",
    "night": "2026-11-25T03:15+03:30",
    "an evening before a holiday": "2026-12-22T23:30+03:30",
    "Nowruz": "2027-03-22T12:00+03:30",
    "the Saudi National Day": "2026-09-23T12:00+03:00",
    "Eid al-Fitr in both countries": "2027-03-10T12:00+03:00",
}
# As shoppers and editors spell the shops, beside the names in the profiles.
SPELLINGS = {
    "digikala": (
        "دیجی کالا",
        "دیجیکالا",
        "ديجي كالا",
        "ديجيكالا",
        "دیجی‌کالا",
        "digikala",
        "digi kala",
    ),
    "souq": ("سوق دات کام", "سوق دوت كوم", "سوق.كوم", "سوق كوم", "سوق", "souq", "souq.com"),
}
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
LETTERS = str.maketrans("يىك", "ییک")
PHONE = re.compile(r"\+?\d(?:[ \u00a0().\u200c–-]*\d){6,}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HANDLE = re.compile(r"(?<!\w)@[\w.]+")
SITE = re.compile(r"https?://\S+")
CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)")
ARABIC_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?::(\d\d))? (صباحًا|ظهرًا|مساءً|منتصف الليل)")


@cache
def knowledge() -> Knowledge:
    return load(ROOT)


@cache
def answers(shop: str, lang: Lang) -> dict[tuple[str, str], str]:
    """Every answer of one shop in one language, by question and moment."""
    return {
        (question, name): knowledge().answer(
            question, shop=shop, lang=lang, now=datetime.fromisoformat(moment)
        )
        for question, (name, moment) in product(knowledge().questions, MOMENTS.items())
    }


def one(question: str, shop: str, lang: Lang, moment: str = "a working hour") -> str:
    return answers(shop, lang)[question, moment]


every_answer = pytest.mark.parametrize(
    ("shop", "lang"), list(product(SHOPS, Lang)), ids=lambda value: getattr(value, "value", value)
)


def plain(text: str) -> str:
    """The text without the differences between spellings of one name."""
    return re.sub(r"[\s\u200c]+", " ", text).translate(LETTERS).lower()


def numbers(shop: str) -> set[str]:
    return {
        re.sub(r"\D", "", address)
        for channel in knowledge().shop(shop).channels.values()
        for address in channel.address
        if re.fullmatch(r"[\d +()-]+", address)
    }


def others(shop: str) -> list[str]:
    return [other for other in SHOPS if other != shop]


def foreign_names(text: str, shop: str) -> set[str]:
    """Names of other shops in the text, however they are spelt."""
    names = {
        plain(name)
        for other in others(shop)
        for name in (*SPELLINGS[other], *knowledge().shop(other).name.values())
    }
    alternatives = "|".join(re.escape(name) for name in sorted(names))
    return set(re.findall(rf"(?<!\w)(?:{alternatives})(?!\w)", plain(text)))


def foreign_numbers(text: str, shop: str) -> set[str]:
    """Phone numbers that are not the shop's own, and pieces of another shop's, in any script and grouping."""
    ascii_text, own = text.translate(DIGITS), numbers(shop)
    found = {re.sub(r"\D", "", number) for number in PHONE.findall(ascii_text)} - own
    runs = re.findall(r"\d+", re.sub(r"[ \u200c().–-]", "", ascii_text))
    for other in others(shop):
        for number in numbers(other):
            for tail in (number, number.removeprefix("021")):
                if any(tail in run for run in runs) and not any(tail in mine for mine in own):
                    found.add(tail)
    return found


def foreign_addresses(text: str, shop: str) -> set[str]:
    """E-mail addresses, handles and sites that are not the shop's own."""
    profile = knowledge().shop(shop)
    own = {address for channel in profile.channels.values() for address in channel.address}
    own |= {
        handle
        for fact in profile.facts.values()
        for one_language in fact.values()
        for handle in HANDLE.findall(one_language)
    }
    found = {*EMAIL.findall(text), *HANDLE.findall(text)} - own
    return found | {site for site in SITE.findall(text) if not site.startswith(profile.site)}


def clock_times(text: str) -> set[int]:
    """Every time of day in a text («۲۱:۰۰», «9 مساءً»), in minutes after midnight."""
    text = text.translate(DIGITS)
    found = set()
    for hour, minute, part in ARABIC_CLOCK.findall(text):
        afternoon = 0 if part in ("صباحًا", "منتصف الليل") else 12
        found.add((int(hour) % 12 + afternoon) * 60 + int(minute or 0))
    rest = ARABIC_CLOCK.sub("", text)
    return found | {int(hour) * 60 + int(minute) for hour, minute in CLOCK.findall(rest)}


def foreign_times(text: str, shop: str) -> set[int]:
    """Times of day at which none of the shop's channels opens or closes."""
    own = {
        minute % 1440
        for channel in knowledge().shop(shop).channels.values()
        for day in channel.hours.days
        for span in day
        for minute in (span.start, span.end)
    }
    return {minute % 1440 for minute in clock_times(text)} - own
