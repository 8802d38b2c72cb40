"""The words of the state page, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


STATE_WORDS: Mapping[str, Texts] = {
    "title": _texts("میز پشتیبانی", "مكتب الدعم", "Support desk"),
    "parts": _texts("بخش‌ها", "الأجزاء", "Parts"),
    "database": _texts("پایگاه داده", "قاعدة البيانات", "Database"),
    "rasa": _texts("فهم پیام (Rasa)", "فهم الرسائل (Rasa)", "Understanding (Rasa)"),
    "actions": _texts("پاسخ‌دهی", "خادم الإجابات", "Answers (action server)"),
    "serves": _texts("در کار", "يعمل", "serves"),
    "missing": _texts("در دسترس نیست", "غير متاح", "missing"),
    "stored": _texts("ذخیره‌شده", "المحفوظ", "Stored"),
    "conversations": _texts("گفت‌وگو", "محادثات", "conversations"),
    "messages": _texts("پیام", "رسائل", "messages"),
    "turns": _texts("پیام‌های مشتریان", "رسائل العملاء", "Shoppers’ messages"),
    "queued": _texts("در صف", "في الانتظار", "queued"),
    "sent": _texts("در دست پاسخ", "قيد الإجابة", "being answered"),
    "answered": _texts("پاسخ‌داده", "أُجيب عنها", "answered"),
    "apologised": _texts("با پوزش", "باعتذار", "apologised for"),
    "waived": _texts("سپرده به همکار", "تُركت لموظف", "left to a person"),
    "demo": _texts("فروشگاه‌های نمونه", "المتاجر التجريبية", "Demo shops"),
}
