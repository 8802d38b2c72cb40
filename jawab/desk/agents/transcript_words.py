"""The words of printed transcripts, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

TRANSCRIPT_WORDS: Mapping[str, Texts] = {
    "conversation": texts("گفت‌وگو", "محادثة", "Conversation"),
    "ticket": texts("تیکت", "تذكرة", "Ticket"),
    "shop": texts("فروشگاه", "المتجر", "Shop"),
    "tickets": texts("تیکت‌ها", "التذاكر", "Tickets"),
    "began": texts("شروع", "البداية", "Began"),
    "opened": texts("ثبت", "فُتحت", "Opened"),
    "printed": texts("چاپ", "طُبعت", "Printed"),
    "name": texts("نام", "الاسم", "Name"),
    "email": texts("ایمیل", "البريد الإلكتروني", "E-mail"),
    "phone": texts("تلفن", "الهاتف", "Phone"),
    "order_number": texts("شمارهٔ سفارش", "رقم الطلب", "Order number"),
    "shopper": texts("مشتری", "العميل", "Shopper"),
    "bot": texts("دستیار", "المساعد الآلي", "Assistant"),
    "agent": texts("کارشناس", "الموظف", "Agent"),
    "note": texts("یادداشت داخلی", "ملاحظة داخلية", "Internal note"),
    "file": texts("پیوست", "مرفق", "Attachment"),
    "page": texts("صفحهٔ", "صفحة", "Page"),
}
