"""What the ways are called by which shoppers write, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts
from jawab.text.language import Lang

CHANNEL_WORDS: Mapping[str, Texts] = {
    "channel_site": texts("سایت", "الموقع", "Site"),
    "channel_telegram": texts("تلگرام", "تيليجرام", "Telegram"),
    "channel_bale": texts("بله", "بله", "Bale"),
    "channel_rubika": texts("روبیکا", "روبيكا", "Rubika"),
    "channel_whatsapp": texts("واتس‌اپ", "واتساب", "WhatsApp"),
    "channel_email": texts("ایمیل", "البريد الإلكتروني", "E-mail"),
}


def channel_name(channel: str, lang: Lang) -> str:
    """An app's name, or "site" in words; an app that has gone keeps its id.

    >>> channel_name("telegram", Lang.FA), channel_name("telegram", Lang.AR)
    ('تلگرام', 'تيليجرام')
    """
    texts = CHANNEL_WORDS.get(f"channel_{channel}")
    return texts[lang] if texts else channel
