"""What the ways are called by which shoppers write, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


CHANNEL_WORDS: Mapping[str, Texts] = {
    "channel_site": _texts("سایت", "الموقع", "Site"),
    "channel_telegram": _texts("تلگرام", "تيليجرام", "Telegram"),
    "channel_bale": _texts("بله", "بله", "Bale"),
    "channel_rubika": _texts("روبیکا", "روبيكا", "Rubika"),
    "channel_whatsapp": _texts("واتس‌اپ", "واتساب", "WhatsApp"),
    "channel_email": _texts("ایمیل", "البريد الإلكتروني", "E-mail"),
}


def channel_name(channel: str, lang: Lang) -> str:
    """An app's name, or "site" in words; an app that has gone keeps its id.

    >>> channel_name("telegram", Lang.FA), channel_name("telegram", Lang.AR)
    ('تلگرام', 'تيليجرام')
    """
    texts = CHANNEL_WORDS.get(f"channel_{channel}")
    return texts[lang] if texts else channel
