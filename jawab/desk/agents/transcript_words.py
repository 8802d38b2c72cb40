"""The words of printed transcripts, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


TRANSCRIPT_WORDS: Mapping[str, Texts] = {
    "conversation": _texts("گفت‌وگو", "محادثة", "Conversation"),
    "ticket": _texts("تیکت", "تذكرة", "Ticket"),
    "shop": _texts("فروشگاه", "المتجر", "Shop"),
    "tickets": _texts("تیکت‌ها", "التذاكر", "Tickets"),
    "began": _texts("شروع", "البداية", "Began"),
    "opened": _texts("ثبت", "فُتحت", "Opened"),
    "printed": _texts("چاپ", "طُبعت", "Printed"),
    "name": _texts("نام", "الاسم", "Name"),
    "email": _texts("ایمیل", "البريد الإلكتروني", "E-mail"),
    "phone": _texts("تلفن", "الهاتف", "Phone"),
    "order_number": _texts("شمارهٔ سفارش", "رقم الطلب", "Order number"),
    "shopper": _texts("مشتری", "العميل", "Shopper"),
    "bot": _texts("دستیار", "المساعد الآلي", "Assistant"),
    "agent": _texts("کارشناس", "الموظف", "Agent"),
    "note": _texts("یادداشت داخلی", "ملاحظة داخلية", "Internal note"),
    "file": _texts("پیوست", "مرفق", "Attachment"),
    "page": _texts("صفحهٔ", "صفحة", "Page"),
}
