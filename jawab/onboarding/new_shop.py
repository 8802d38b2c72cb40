"""A new shop's profile, made of what its owner answered and of the neutral start in data/starter/shop.yml."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from jawab.knowledge.errors import InvalidKnowledge
from jawab.knowledge.validate import load
from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.hours_typed import as_in_a_profile
from jawab.text.language import Lang

STARTER: Final = Path("data", "starter", "shop.yml")
SHOPS: Final = Path("data", "shops")
MARK: Final = "# to be edited"
_ID = re.compile(r"[a-z][a-z0-9_]*")
_CALENDARS: Final = {"fa": "jalali", "ar": "hijri", "en": "gregorian"}
_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True)
class NewShop:
    """What is known of a new shop: every answer by its question's key, and which of them were only assumed."""

    id: str
    answers: Mapping[str, str]
    assumed: Collection[str] = frozenset()


def place_of(root: Path, id: str) -> Path:
    """Return where a new shop's profile belongs; `OnboardingError` when the id is none or is taken."""
    if not _ID.fullmatch(id):
        message = f"'{id}' is no id; write small letters, digits and _, as my_shop"
        raise OnboardingError(message)
    path = root / SHOPS / f"{id}.yml"
    if path.exists():
        message = (
            f"{SHOPS / path.name} is there already and stays as it is; edit it, or take another id"
        )
        raise OnboardingError(message)
    return path


def profile(root: Path, shop: NewShop) -> str:
    """Return the text of a new profile; `OnboardingError` when the neutral start cannot be read or filled."""
    try:
        template = Template((root / STARTER).read_text("utf-8"))
        return template.substitute(_values(shop))
    except OSError as error:
        raise OnboardingError(f"{STARTER}: {error.strerror}; take it from the project") from error
    except (KeyError, ValueError) as error:
        message = f"{STARTER}: cannot be filled ({error}); write a $ that stands for itself as $$"
        raise OnboardingError(message) from error


def write(root: Path, shop: NewShop) -> Path:
    """Write a profile that passes validation, and return where.

    `OnboardingError` when one is there, or when something in data/ is wrong with it; then nothing is written.
    """
    path, text = place_of(root, shop.id), profile(root, shop)
    _check(root, path.name, text)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        message = f"{SHOPS / path.name}: {error.strerror}; let {SHOPS} be written to"
        raise OnboardingError(message) from error
    return path


def _check(root: Path, name: str, text: str) -> None:
    """Load the whole of data/ with the profile in it, aside from where others read."""
    with tempfile.TemporaryDirectory(prefix="jawab-shop-") as folder:
        data = Path(folder, "data")
        data.mkdir()
        for entry in (root / "data").iterdir():
            if entry.name != SHOPS.name:
                (data / entry.name).symlink_to(entry.resolve())
        shutil.copytree(root / SHOPS, data / SHOPS.name)
        (data / SHOPS.name / name).write_text(text, "utf-8")
        try:
            load(Path(folder))
        except InvalidKnowledge as error:
            raise OnboardingError(
                f"no profile is written, data/ would have errors; mend these first, or {STARTER}:\n{error}"
            ) from error


def _values(shop: NewShop) -> dict[str, str]:
    answers = shop.answers

    def marked(value: str, key: str) -> str:
        return f"{value}  {MARK}" if key in shop.assumed else value

    phones = [json.dumps(number) for number in answers["phone"].split(", ")]
    phone = phones[0] if len(phones) == 1 else f"[{', '.join(phones)}]"
    hours = {key: as_in_a_profile(answers[key]) for key in answers if key.endswith("_hours")}
    values = {
        "id": shop.id,
        "language": marked(answers["lang"], "lang"),
        "calendar": f"{_CALENDARS[answers['lang']]}  {MARK}: jalali, hijri or gregorian",
        "time_zone": marked(answers["time_zone"], "time_zone"),
        "country": marked(_quoted(answers["country"]), "country"),
        "site": marked(_quoted(answers["site"]), "site"),
        "phone": marked(phone, "phone"),
        "email": marked(_quoted(answers["email"]), "email"),
        "seller_phone": f"{phone}  {MARK}",
        "seller_hours": f"{hours['phone_hours']}  {MARK}",
        **{key: marked(value, key) for key, value in hours.items()},
    }
    count = int(answers["return_days"])
    for lang in Lang:
        name = f"name_{lang.value}"
        values[name] = marked(_quoted(answers[name]), name)
        values[f"about_{lang.value}"] = _quoted(_ABOUT[lang].format(answers[name]))
        values[f"return_{lang.value}"] = marked(
            _RETURN[lang].format(days(count, lang)), "return_days"
        )
        values[f"days_{lang.value}"] = f"{days(count, lang)}  {MARK}"
    return values


_ABOUT: Final = {
    Lang.FA: "{} فروشگاهی آنلاین است. از خرید و پیگیری سفارش تا مرجوعی کنارتان هستیم.",
    Lang.AR: "{} متجر إلكتروني. نحن معكم من الشراء ومتابعة الطلب حتى الإرجاع.",
    Lang.EN: "{} is an online shop. We are with you from buying and tracking to returns.",
}
_RETURN: Final = {
    Lang.FA: "تا {} پس از تحویل",
    Lang.AR: "خلال {} من الاستلام",
    Lang.EN: "within {} of delivery",
}


def days(count: int, lang: Lang) -> str:
    """Count days in words that fit: «۷ روز», «يومين», «7 أيام», «14 يومًا», "7 days"."""
    if lang is Lang.FA:
        return f"{count} روز".translate(_TO_PERSIAN)
    if lang is Lang.EN:
        return f"{count} day" if count == 1 else f"{count} days"
    if count <= 2:
        return ("يوم واحد", "يومين")[count - 1]
    if 3 <= count % 100 <= 10:
        return f"{count} أيام"
    return f"{count} يومًا" if count % 100 > 10 else f"{count} يوم"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
