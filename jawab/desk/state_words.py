"""The words of the state page, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

STATE_WORDS: Mapping[str, Texts] = {
    "title": texts("میز پشتیبانی", "مكتب الدعم", "Support desk"),
    "parts": texts("بخش‌ها", "الأجزاء", "Parts"),
    "database": texts("پایگاه داده", "قاعدة البيانات", "Database"),
    "rasa": texts("فهم پیام (Rasa)", "فهم الرسائل (Rasa)", "Understanding (Rasa)"),
    "actions": texts("پاسخ‌دهی", "خادم الإجابات", "Answers (action server)"),
    "serves": texts("در کار", "يعمل", "serves"),
    "missing": texts("در دسترس نیست", "غير متاح", "missing"),
    "stored": texts("ذخیره‌شده", "المحفوظ", "Stored"),
    "conversations": texts("گفت‌وگو", "محادثات", "conversations"),
    "messages": texts("پیام", "رسائل", "messages"),
    "turns": texts("پیام‌های مشتریان", "رسائل العملاء", "Shoppers’ messages"),
    "queued": texts("در صف", "في الانتظار", "queued"),
    "sent": texts("در دست پاسخ", "قيد الإجابة", "being answered"),
    "answered": texts("پاسخ‌داده", "أُجيب عنها", "answered"),
    "apologised": texts("با پوزش", "باعتذار", "apologised for"),
    "waived": texts("سپرده به همکار", "تُركت لموظف", "left to a person"),
    "demo": texts("فروشگاه‌های نمونه", "المتاجر التجريبية", "Demo shops"),
}
