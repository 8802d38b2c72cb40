"""The times that can be promised at the desk, in words that stand in a sentence, all three languages side by side."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jawab.knowledge.texts import Texts, frozen
from jawab.text.lang import Lang

_HOUR, _DAY = 60, 24 * 60


def _texts(fa: str, ar: str, en: str) -> Texts:
    return frozen({Lang.FA: fa, Lang.AR: ar, Lang.EN: en})


# By minutes: «همکاران ما … پاسخ می‌دهند», «نرد عليكم …», "we reply …".
PROMISED_TIMES: Mapping[int, Texts] = MappingProxyType(
    {
        1: _texts("ظرف یک دقیقه", "خلال دقيقة واحدة", "within a minute"),
        2: _texts("ظرف ۲ دقیقه", "خلال دقيقتين", "within 2 minutes"),
        5: _texts("ظرف ۵ دقیقه", "خلال 5 دقائق", "within 5 minutes"),
        10: _texts("ظرف ۱۰ دقیقه", "خلال 10 دقائق", "within 10 minutes"),
        15: _texts("ظرف یک ربع", "خلال ربع ساعة", "within a quarter of an hour"),
        30: _texts("ظرف نیم ساعت", "خلال نصف ساعة", "within half an hour"),
        _HOUR: _texts("ظرف یک ساعت", "خلال ساعة", "within an hour"),
        2 * _HOUR: _texts("ظرف ۲ ساعت", "خلال ساعتين", "within 2 hours"),
        3 * _HOUR: _texts("ظرف ۳ ساعت", "خلال 3 ساعات", "within 3 hours"),
        4 * _HOUR: _texts("ظرف ۴ ساعت", "خلال 4 ساعات", "within 4 hours"),
        6 * _HOUR: _texts("ظرف ۶ ساعت", "خلال 6 ساعات", "within 6 hours"),
        8 * _HOUR: _texts("ظرف ۸ ساعت", "خلال 8 ساعات", "within 8 hours"),
        12 * _HOUR: _texts("ظرف ۱۲ ساعت", "خلال 12 ساعة", "within 12 hours"),
        _DAY: _texts("ظرف ۲۴ ساعت", "خلال 24 ساعة", "within 24 hours"),
        2 * _DAY: _texts("ظرف ۴۸ ساعت", "خلال 48 ساعة", "within 48 hours"),
        3 * _DAY: _texts("ظرف ۷۲ ساعت", "خلال 72 ساعة", "within 72 hours"),
    }
)
