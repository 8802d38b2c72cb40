"""The words of the search page, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


SEARCH_WORDS: Mapping[str, Texts] = {
    "title": _texts("جست‌وجو", "البحث", "Search"),
    "desk": _texts("میز پشتیبانی", "مكتب الدعم", "Support desk"),
    "query": _texts(
        "کلمه، شماره پیگیری، تلفن، ایمیل یا شماره سفارش",
        "كلمة أو رقم متابعة أو هاتف أو بريد إلكتروني أو رقم طلب",
        "Words, a reference, phone, e-mail or order number",
    ),
    "kind": _texts("کجا", "أين", "Where"),
    "kind_all": _texts("همه‌جا", "في كل شيء", "Everywhere"),
    "kind_message": _texts("پیام‌ها", "الرسائل", "Messages"),
    "kind_ticket": _texts("تیکت‌ها", "التذاكر", "Tickets"),
    "kind_note": _texts("یادداشت‌ها", "الملاحظات", "Notes"),
    "shop": _texts("فروشگاه", "المتجر", "Shop"),
    "shop_all": _texts("همه فروشگاه‌ها", "كل المتاجر", "All shops"),
    "go": _texts("جست‌وجو", "بحث", "Search"),
    "nothing": _texts("چیزی پیدا نشد.", "لا توجد نتائج.", "Nothing was found."),
    "hint": _texts(
        "شروع کلمه کافی است؛ ی و ي، ک و ك، نیم‌فاصله و رقم‌های فارسی و عربی فرقی ندارند.",
        "يكفي أول الكلمة، ولا فرق بين أ وإ وا ولا بين ة وه ولا بين الأرقام العربية والهندية.",
        "The beginning of a word is enough; both keyboards' letters and all digits are one.",
    ),
    "results": _texts("نتیجه‌ها", "النتائج", "Results"),
    "more": _texts("نتیجه‌های قدیمی‌تر", "نتائج أقدم", "Older results"),
    "one_message": _texts("پیام", "رسالة", "Message"),
    "one_ticket": _texts("تیکت", "تذكرة", "Ticket"),
    "one_note": _texts("یادداشت", "ملاحظة", "Note"),
    "shopper": _texts("مشتری", "العميل", "Shopper"),
    "agent": _texts("کارشناس", "الموظف", "Agent"),
    "system": _texts("سامانه", "النظام", "System"),
}
