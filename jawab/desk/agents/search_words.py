"""The words of the search page, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

SEARCH_WORDS: Mapping[str, Texts] = {
    "title": texts("جست‌وجو", "البحث", "Search"),
    "desk": texts("میز پشتیبانی", "مكتب الدعم", "Support desk"),
    "query": texts(
        "کلمه، شماره پیگیری، تلفن، ایمیل یا شماره سفارش",
        "كلمة أو رقم متابعة أو هاتف أو بريد إلكتروني أو رقم طلب",
        "Words, a reference, phone, e-mail or order number",
    ),
    "kind": texts("کجا", "أين", "Where"),
    "kind_all": texts("همه‌جا", "في كل شيء", "Everywhere"),
    "kind_message": texts("پیام‌ها", "الرسائل", "Messages"),
    "kind_ticket": texts("تیکت‌ها", "التذاكر", "Tickets"),
    "kind_note": texts("یادداشت‌ها", "الملاحظات", "Notes"),
    "shop": texts("فروشگاه", "المتجر", "Shop"),
    "shop_all": texts("همه فروشگاه‌ها", "كل المتاجر", "All shops"),
    "go": texts("جست‌وجو", "بحث", "Search"),
    "nothing": texts("چیزی پیدا نشد.", "لا توجد نتائج.", "Nothing was found."),
    "hint": texts(
        "شروع کلمه کافی است؛ ی و ي، ک و ك، نیم‌فاصله و رقم‌های فارسی و عربی فرقی ندارند.",
        "يكفي أول الكلمة، ولا فرق بين أ وإ وا ولا بين ة وه ولا بين الأرقام العربية والهندية.",
        "The beginning of a word is enough; both keyboards' letters and all digits are one.",
    ),
    "results": texts("نتیجه‌ها", "النتائج", "Results"),
    "more": texts("نتیجه‌های قدیمی‌تر", "نتائج أقدم", "Older results"),
    "one_message": texts("پیام", "رسالة", "Message"),
    "one_ticket": texts("تیکت", "تذكرة", "Ticket"),
    "one_note": texts("یادداشت", "ملاحظة", "Note"),
    "shopper": texts("مشتری", "العميل", "Shopper"),
    "agent": texts("کارشناس", "الموظف", "Agent"),
    "system": texts("سامانه", "النظام", "System"),
}
