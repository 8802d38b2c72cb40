"""What a new shop is asked: each question with its option, the answer that is assumed, and what may be answered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jawab.knowledge.public_holidays import knows_country
from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.hours_typed import as_in_a_profile
from jawab.text.language import Lang

Answers = Mapping[str, str]

_ZONES: Final = {"fa": "Asia/Tehran", "ar": "Asia/Riyadh", "en": "Europe/London"}
_COUNTRIES: Final = {"fa": "IR", "ar": "SA", "en": "GB"}
_LONGEST = 365
_PHONE = re.compile(r"\+?[\d*#][\d ()*#-]{2,}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SITE = re.compile(r"https?://[^\s/]+\S*")


@dataclass(frozen=True)
class ShopQuestion:
    """One thing to ask: `assumed` tells the usual answer from the id and what was answered before."""

    key: str
    text: str
    assumed: Callable[[str, Answers], str]
    checked: Callable[[str], str]

    @property
    def option(self) -> str:
        """What it is called on the command line."""
        return f"--{self.key.replace('_', '-')}"


def _one_line(value: str) -> str:
    text = " ".join(value.split())
    if not text or any(unicodedata.category(letter) == "Cc" for letter in text):
        raise OnboardingError("a name is a line of text; write how the shop calls itself")
    return text


def _language(value: str) -> str:
    if value.strip().lower() not in [lang.value for lang in Lang]:
        raise OnboardingError(f"'{value}' is no language that is spoken; choose fa, ar or en")
    return value.strip().lower()


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"there is no time zone '{value}'; write one as Asia/Tehran or Asia/Riyadh"
        raise OnboardingError(message) from None


def _country(value: str) -> str:
    code = value.strip().upper()
    if not knows_country(code):
        message = f"the public holidays of '{value}' are not known; write two letters, as IR or SA"
        raise OnboardingError(message)
    return code


def _site(value: str) -> str:
    if not _SITE.fullmatch(value.strip()):
        raise OnboardingError(f"'{value}' is no address; write it as https://shop.example")
    return value.strip()


def _phones(value: str) -> str:
    numbers = [each.strip() for each in western_digits(value).replace("،", ",").split(",")]
    for number in numbers:
        if not _PHONE.fullmatch(number):
            message = f"'{number}' is no phone number; write 021-5550100, several with commas"
            raise OnboardingError(message)
    return ", ".join(numbers)


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value.strip()):
        raise OnboardingError(f"'{value}' is no e-mail address; write it as help@shop.example")
    return value.strip()


def _hours(value: str) -> str:
    as_in_a_profile(western_digits(value))
    return western_digits(value).strip()


def _days(value: str) -> str:
    digits = western_digits(value).strip()
    if not (digits.isdecimal() and 1 <= int(digits) <= _LONGEST):
        message = f"'{value}' is no number of days from 1 to {_LONGEST}; write it as 7"
        raise OnboardingError(message)
    return str(int(digits))


def western_digits(text: str) -> str:
    """Write the digits of all scripts as 0 to 9: «۰۲۱» and «٠٢١» are 021."""
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)


def _named_after(id: str, answers: Answers) -> str:
    told = answers.get(f"name_{answers['lang']}")
    return told or id.replace("_", " ").title()


QUESTIONS: Final[tuple[ShopQuestion, ...]] = (
    ShopQuestion("lang", "Main language (fa, ar, en)", lambda id, a: "fa", _language),
    ShopQuestion("name_fa", "The shop's name in Persian", _named_after, _one_line),
    ShopQuestion("name_ar", "The shop's name in Arabic", _named_after, _one_line),
    ShopQuestion("name_en", "The shop's name in English", _named_after, _one_line),
    ShopQuestion("time_zone", "Time zone", lambda id, a: _ZONES[a["lang"]], _zone),
    ShopQuestion(
        "country", "Country, for its public holidays", lambda id, a: _COUNTRIES[a["lang"]], _country
    ),
    ShopQuestion(
        "site", "Address of the site", lambda id, a: f"https://{_host(id)}.example", _site
    ),
    ShopQuestion(
        "phone", "Phone; several with commas between", lambda id, a: "000-000-0000", _phones
    ),
    ShopQuestion("email", "E-mail", lambda id, a: f"support@{_host(id)}.example", _email),
    ShopQuestion("phone_hours", "Hours of the phone", lambda id, a: "09:00-17:00", _hours),
    ShopQuestion("chat_hours", "Hours of people in the chat", lambda id, a: "09:00-17:00", _hours),
    ShopQuestion("email_hours", "Hours of the e-mail", lambda id, a: "always", _hours),
    ShopQuestion(
        "return_days", "Days within which a thing can be returned", lambda id, a: "7", _days
    ),
)


def _host(id: str) -> str:
    return id.replace("_", "-")
