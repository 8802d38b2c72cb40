"""Weekly hours as they are typed at a prompt, written as a shop's profile has them."""

from __future__ import annotations

from jawab.knowledge.errors import BadHours
from jawab.knowledge.hours import ALWAYS, DAYS, EVERY_DAY, WeeklyHours
from jawab.onboarding.errors import OnboardingError

ADVICE = "write always, 09:00-21:00, or days as 'sat-wed 09:00-17:00; thu 09:00-13:00'"
# The week runs from Saturday on, as both shops' countries count it.
_WEEK = ("sat", "sun", *DAYS[:5])


def as_in_a_profile(typed: str) -> str:
    """Return typed hours as a line of YAML.

    "always" stays, "9:00-21:00" becomes `{every_day: "9:00-21:00"}`, "sat-wed 9:00-17:00; thu 9:00-13:00"
    a day each; a day that is not named is closed. Raises `OnboardingError` with what can be written.
    """
    text = typed.strip().lower()
    if text == ALWAYS:
        return ALWAYS
    table: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        days, hours = _days_and_hours(part)
        for day in days:
            if day in table:
                raise OnboardingError(f"the hours '{typed}' name {day} twice; {ADVICE}")
            table[day] = hours
    try:
        WeeklyHours.parse(table)
    except BadHours as error:
        raise OnboardingError(f"{error}; {ADVICE}") from error
    return "{" + ", ".join(f'{day}: "{hours}"' for day, hours in table.items()) + "}"


def _days_and_hours(part: str) -> tuple[tuple[str, ...], str]:
    if not part[0].isalpha():
        return (EVERY_DAY,), part
    named, _, hours = part.partition(" ")
    first, _, last = named.partition("-")
    if first not in _WEEK or (last and last not in _WEEK):
        raise OnboardingError(f"'{named}' names no days of the week; {ADVICE}")
    start, end = _WEEK.index(first), _WEEK.index(last or first)
    length = (end - start) % len(_WEEK) + 1
    return tuple(_WEEK[(start + n) % len(_WEEK)] for n in range(length)), hours.strip()
