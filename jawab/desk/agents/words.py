"""The words of the agents' pages, in three languages side by side; the pages' scripts read them too."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


AGENT_WORDS: Mapping[str, Texts] = {
    "title": _texts("میز پشتیبانی", "مكتب الدعم", "Support desk"),
    "sign_in": _texts("ورود", "تسجيل الدخول", "Sign in"),
    "management": _texts("مدیریت", "الإدارة", "Management"),
    "sign_out": _texts("خروج", "تسجيل الخروج", "Sign out"),
    "login": _texts("نام کاربری", "اسم المستخدم", "User name"),
    "password": _texts("گذرواژه", "كلمة المرور", "Password"),
    "needs_script": _texts(
        "این صفحه به جاوااسکریپت نیاز دارد.",
        "تحتاج هذه الصفحة إلى جافاسكريبت.",
        "This page needs JavaScript.",
    ),
    "unreachable": _texts(
        "ارتباط برقرار نشد. دوباره امتحان کنید.",
        "تعذّر الاتصال. حاولوا مرة أخرى.",
        "No connection. Please try again.",
    ),
    "online": _texts("حاضر", "متاح", "Available"),
    "go_away": _texts("می‌روم", "الخروج مؤقتًا", "Go away"),
    "away": _texts("غایب", "غير متاح", "Away"),
    "come_back": _texts("برگشتم", "العودة", "Come back"),
    "waiting": _texts("در صف", "في الانتظار", "Waiting"),
    "mine": _texts("با من", "محادثاتي", "Mine"),
    "nobody_waits": _texts("کسی در صف نیست.", "لا أحد في الانتظار.", "Nobody is waiting."),
    "nothing_mine": _texts(
        "گفت‌وگویی با شما نیست.", "لا محادثات لديكم.", "You have no conversations."
    ),
    "tickets": _texts("تیکت‌ها", "التذاكر", "Tickets"),
    "no_tickets": _texts("تیکتی نیست.", "لا توجد تذاكر.", "There are no tickets."),
    "take": _texts("برمی‌دارم", "استلام", "Take"),
    "choose": _texts(
        "یک گفت‌وگو یا تیکت را انتخاب کنید.",
        "اختاروا محادثة أو تذكرة.",
        "Choose a conversation or a ticket.",
    ),
    "conversation": _texts("گفت‌وگو", "المحادثة", "Conversation"),
    "shopper": _texts("مشتری", "العميل", "Shopper"),
    "bot": _texts("دستیار", "المساعد الآلي", "Assistant"),
    "agent": _texts("کارشناس", "الموظف", "Agent"),
    "understood": _texts("برداشت دستیار", "ما فهمه المساعد", "Understood as"),
    "reply": _texts("پاسخ به مشتری", "الرد على العميل", "Reply to the shopper"),
    "send": _texts("ارسال", "إرسال", "Send"),
    "note": _texts("یادداشت برای همکاران", "ملاحظة للزملاء", "Note for colleagues"),
    "add_note": _texts("ثبت یادداشت", "حفظ الملاحظة", "Add note"),
    "notes": _texts("یادداشت‌ها", "الملاحظات", "Notes"),
    "transfer": _texts("سپردن", "تحويل", "Transfer"),
    "transfer_to": _texts("سپردن به", "تحويل إلى", "Transfer to"),
    "colleagues": _texts("همکاران حاضر", "الزملاء المتاحون", "Colleagues who are there"),
    "queues": _texts("صف‌ها", "قوائم الانتظار", "Queues"),
    "return": _texts("بازگرداندن به دستیار", "إعادة إلى المساعد الآلي", "Return to the assistant"),
    "close": _texts("پایان گفت‌وگو", "إنهاء المحادثة", "End the chat"),
    "assign_me": _texts("به من بسپار", "إسناد إليّ", "Assign to me"),
    "solve": _texts("حل شد", "تم الحل", "Solve"),
    "reopen": _texts("بازگشایی", "إعادة الفتح", "Reopen"),
    "mail": _texts("اصل ایمیل", "الرسالة الأصلية", "Original e-mail"),
    "history": _texts("تاریخچه", "السجل", "History"),
    "due": _texts("مهلت پاسخ", "موعد الرد", "Due"),
    "state_page": _texts("وضعیت سامانه", "حالة النظام", "State of the system"),
    "skip": _texts("رفتن به گفت‌وگو", "الانتقال إلى المحادثة", "Skip to the conversation"),
    "offline": _texts(
        "ارتباط زنده قطع است؛ دوباره وصل می‌شود.",
        "انقطع الاتصال المباشر، وتجري إعادة الاتصال.",
        "The live connection is lost; reconnecting.",
    ),
    "reason_asked": _texts("خودش خواست", "طلب موظفًا", "asked for a person"),
    "reason_angry": _texts("ناراحت است", "مستاء", "upset"),
    "reason_misunderstood": _texts("دستیار متوجه نشد", "لم يفهمه المساعد", "not understood"),
    "reason_thumbs_down": _texts("جواب را نپسندید", "لم تعجبه الإجابة", "disliked the answer"),
    "reason_other": _texts("موضوع دیگر", "أمر آخر", "something else"),
    "queue_shoppers": _texts("خریداران", "المشترون", "Shoppers"),
    "queue_sellers": _texts("فروشندگان", "البائعون", "Sellers"),
    "queue_express": _texts("اکسپرس", "إكسبرس", "Express"),
    "queue_complaints": _texts("شکایت‌ها", "الشكاوى", "Complaints"),
    "state_new": _texts("تازه", "جديدة", "new"),
    "state_open": _texts("در دست بررسی", "قيد المعالجة", "open"),
    "state_pending": _texts("منتظر مشتری", "بانتظار العميل", "pending"),
    "state_solved": _texts("حل‌شده", "محلولة", "solved"),
    "state_closed": _texts("بسته", "مغلقة", "closed"),
    "event_opened": _texts("ثبت شد", "فُتحت", "opened"),
    "event_state": _texts("تغییر وضعیت", "تغيير الحالة", "state changed"),
    "event_assigned": _texts("سپرده شد", "أُسندت", "assigned"),
    "event_priority": _texts("تغییر اولویت", "تغيير الأولوية", "priority changed"),
    "event_note": _texts("یادداشت", "ملاحظة", "note"),
    "event_reply": _texts("پاسخ", "رد", "reply"),
    "event_merged": _texts("یکی شد", "دُمجت", "merged"),
    "event_split": _texts("جدا شد", "فُصلت", "separated"),
    "event_snoozed": _texts("به بعد موکول شد", "أُجّلت", "put off"),
    "event_awoke": _texts("به صف برگشت", "عادت إلى القائمة", "back in the queue"),
    "event_undelivered": _texts(
        "ایمیل به مشتری نرسید", "لم يصل البريد إلى العميل", "e-mail did not arrive"
    ),
}
