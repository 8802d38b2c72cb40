"""What the page of a shop's settings shows, as values of its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jawab.desk.moments import moment
from jawab.desk.owner.access import Form
from jawab.desk.owner.words import SHOP_WORDS
from jawab.desk.services import Services
from jawab.desk.word_tables import in_language
from jawab.knowledge import Shop, WeeklyHours
from jawab.knowledge.calendar import closing_days, local_date
from jawab.knowledge.dates import side_by_side
from jawab.knowledge.hours import DAYS
from jawab.knowledge.phrases import digits, join, names
from jawab.knowledge.timetable import weekly
from jawab.privacy.retention import Retention
from jawab.support.deliveries.notices import Notice
from jawab.support.overrides.hours import written_day
from jawab.support.overrides.override import Override, Part, Target, notice_settings
from jawab.support.overrides.promised_times import PROMISED_TIMES
from jawab.text.language import Lang

ASKED = "contact_hours"  # the question behind "are you open?"
UPCOMING = 8
HISTORY = 50
# The week begins on Saturday, as both shops' countries have it.
_WEEK = tuple((5 + n) % 7 for n in range(7))


@dataclass(frozen=True)
class Typed:
    """A form that was sent and cannot be kept: what was typed, and the problem of each field."""

    target: Target
    form: Form
    problems: Mapping[str, str]


def shown(desk: Services, shop: Shop, lang: Lang, typed: Typed | None) -> dict[str, Any]:
    """The values of the template for one shop, as it is set now."""
    now = desk.clock()
    set_here = {
        str(one.target): one
        for one in desk.current.overrides
        if one.shop == shop.id and one.value is not None
    }
    days = Retention.of(desk.settings.retention_days).days(shop.id)
    last = {str(one.target): one.id for one in desk.current.overrides if one.shop == shop.id}
    return {
        "name": shop.name[lang],
        "preview": [
            (each.value, desk.knowledge.answer(ASKED, shop=shop.id, lang=each, now=now))
            for each in (lang, *(other for other in Lang if other is not lang))
        ]
        if ASKED in desk.knowledge.questions
        else [],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name[lang],
                "told": weekly(channel.hours, lang),
                "days": _days(Target(Part.HOURS, channel.id), channel.hours, lang, typed),
                "minutes": channel.promise and int(channel.promise.total_seconds() // 60),
                "response": channel.response[lang] if channel.response else "",
            }
            for channel in shop.channels.values()
        ],
        "times": [(minutes, words[lang]) for minutes, words in PROMISED_TIMES.items()],
        "public_holidays": shop.closing_days.public_holidays,
        "own": [
            (
                day.date.isoformat(),
                side_by_side(day.date, shop.calendar, lang),
                day.name[lang],
                day.date < local_date(shop, now),
            )
            for day in shop.closing_days.own
        ],
        "upcoming": [
            (side_by_side(day.date, shop.calendar, lang), day.name[lang])
            for day in closing_days(shop, now, count=UPCOMING)
        ],
        "notice_kinds": [notice.value for notice in Notice],
        "notice": desk.current.notices(shop.id),
        "kept_days": digits(days, lang) if days else "",
        "set_here": set_here,
        "last": last,
        "typed": {"target": str(typed.target), "form": typed.form, "problems": typed.problems}
        if typed
        else None,
        "history": [
            (moment(one.at, shop, lang), one.who, _what(one, shop, lang), _value(one, shop, lang))
            for one in desk.overrides.history(shop.id, limit=HISTORY)
        ],
    }


def _days(
    target: Target, hours: WeeklyHours, lang: Lang, typed: Typed | None
) -> list[dict[str, str]]:
    """The week's lines: as they were typed where they cannot be kept, else as they are."""
    sent = typed if typed is not None and typed.target == target else None
    weekdays = names("weekdays", lang)
    return [
        {
            "id": DAYS[day],
            "name": weekdays[day],
            "value": sent.form.one(DAYS[day])
            if sent
            else digits(written_day(hours.days[day]), lang),
            "problem": sent.problems.get(DAYS[day], "") if sent else "",
        }
        for day in _WEEK
    ]


def _what(one: Override, shop: Shop, lang: Lang) -> str:
    part = SHOP_WORDS[one.target.part.value][lang]
    channel = shop.channels.get(one.target.channel or "")
    return f"{part} · {channel.name[lang]}" if channel else part


def _value(one: Override, shop: Shop, lang: Lang) -> str:
    """A change in words."""
    word = in_language(lang, SHOP_WORDS)
    value = one.value
    if value is None:
        return word["as_in_file"]
    match one.target.part:
        case Part.HOURS:
            return weekly(WeeklyHours.parse(value), lang)
        case Part.PROMISE:
            return PROMISED_TIMES[value["minutes"]][lang]
        case Part.NOTICES:
            settings = notice_settings(value)
            kinds = [word[f"mail_{kind.value}"] for kind in Notice if kind in settings.mail]
            hook = word["on" if settings.webhook else "off"]
            return f"{join(kinds or [word['none']], lang)} · {word['webhook']}: {hook}"
    days = [
        f"{side_by_side(date.fromisoformat(day['date']), shop.calendar, lang)}: {day['name'][lang.value]}"
        for day in value["own"]
    ]
    public = f"{word['public_holidays']}: {word['on' if value['public_holidays'] else 'off']}"
    return " · ".join([public, *days])
