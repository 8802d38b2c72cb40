"""The words of the agents' workplace beside those of the desk in general, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


WORKPLACE_WORDS: Mapping[str, Texts] = {
    # the parts of the page
    "views": _texts("بخش‌های صفحه", "أقسام الصفحة", "Parts of the page"),
    "view_lists": _texts("صف‌ها", "القوائم", "Queues"),
    "view_panel": _texts("درباره مشتری", "عن العميل", "About the shopper"),
    "search": _texts("جست‌وجو", "بحث", "Search"),
    "search_hint": _texts(
        "جست‌وجو در پیام‌ها و تیکت‌ها", "بحث في الرسائل والتذاكر", "Search messages and tickets"
    ),
    "all_tickets": _texts("همه تیکت‌ها", "كل التذاكر", "All tickets"),
    # the lists
    "unread": _texts("پیام نخوانده", "رسائل غير مقروءة", "unread messages"),
    "left": _texts("مانده تا مهلت", "المتبقي حتى الموعد", "left until the deadline"),
    "over": _texts("گذشته از مهلت", "تجاوز الموعد", "past the deadline"),
    "longest": _texts("بیش از همه منتظر مانده", "الأطول انتظارًا", "waits longest"),
    "answered": _texts("پاسخ داده شد", "تم الرد", "answered"),
    "new_in_queue": _texts(
        "یک مشتری منتظر کارشناس است.",
        "عميل ينتظر موظفًا.",
        "A shopper is waiting for an agent.",
    ),
    "taken_by": _texts(
        "{agent} این گفت‌وگو را برداشت.",
        "استلم {agent} هذه المحادثة.",
        "{agent} has taken this conversation.",
    ),
    "with_agent": _texts("با {agent}", "مع {agent}", "With {agent}"),
    "with_me": _texts("با شما", "معكم", "With you"),
    "with_bot": _texts("با دستیار", "مع المساعد الآلي", "With the assistant"),
    "in_queue": _texts("در صف", "في الانتظار", "Waiting"),
    "types": _texts("مشتری می‌نویسد…", "العميل يكتب…", "The shopper is typing…"),
    # writing
    "write": _texts("نوشتن", "الكتابة", "Writing"),
    "tab_reply": _texts("پاسخ", "رد", "Reply"),
    "tab_note": _texts("یادداشت", "ملاحظة", "Note"),
    "note_mark": _texts(
        "یادداشت – مشتری نمی‌بیند", "ملاحظة – لا يراها العميل", "Note – the shopper does not see it"
    ),
    "enter_sends": _texts(
        "Enter می‌فرستد، Shift+Enter سطر تازه؛ / پاسخ آماده.",
        "Enter للإرسال وShift+Enter لسطر جديد، و/ للردود الجاهزة.",
        "Enter sends, Shift+Enter starts a line, / gives ready answers.",
    ),
    "canned": _texts("پاسخ‌های آماده", "الردود الجاهزة", "Ready answers"),
    "no_canned": _texts("پاسخ آماده‌ای نیست.", "لا ردود جاهزة.", "No ready answer."),
    "suggestions": _texts("پاسخ‌های پیشنهادی", "ردود مقترحة", "Suggested answers"),
    "put_in": _texts(
        "گذاشتن «{title}» در کادر پاسخ",
        "وضع «{title}» في خانة الرد",
        "Put “{title}” into the reply",
    ),
    "undelivered": _texts(
        "به برنامه پیام‌رسان مشتری نرسید",
        "لم تصل إلى تطبيق العميل",
        "Not delivered to the shopper's app",
    ),
    "delivered": _texts("رسید", "وصلت", "Delivered"),
    "read": _texts("خوانده شد", "قُرئت", "Read"),
    "waits_us": _texts("منتظر ماست", "بانتظار ردّنا", "waits for us"),
    "waits_shopper": _texts("منتظر مشتری", "بانتظار العميل", "waits for the shopper"),
    "attach": _texts("پیوست عکس یا ویدئو", "إرفاق صورة أو فيديو", "Attach a photo or video"),
    "uploading": _texts("در حال بارگذاری…", "جارٍ الرفع…", "Uploading…"),
    "remove": _texts("برداشتن {name}", "إزالة {name}", "Remove {name}"),
    # the shopper's panel
    "panel": _texts("درباره مشتری", "عن العميل", "About the shopper"),
    "panel_empty": _texts(
        "اینجا می‌بینید مشتری کیست و چه پرسیده است.",
        "يظهر هنا من هو العميل وعمّ سأل.",
        "Who the shopper is and what they asked shows here.",
    ),
    "name": _texts("نام", "الاسم", "Name"),
    "shop": _texts("فروشگاه", "المتجر", "Shop"),
    "language": _texts("زبان", "اللغة", "Language"),
    "lang_fa": _texts("فارسی", "الفارسية", "Persian"),
    "lang_ar": _texts("عربی", "العربية", "Arabic"),
    "lang_en": _texts("انگلیسی", "الإنجليزية", "English"),
    "signed_as": _texts(
        "ورود به فروشگاه با شناسهٔ", "مسجَّل في المتجر بالمعرّف", "Signed in at the shop as"
    ),
    "channel": _texts("راه ارتباطی", "القناة", "Channel"),
    "opened_at": _texts("زمان ثبت", "وقت الفتح", "Opened"),
    "began": _texts("آغاز گفت‌وگو", "بدء المحادثة", "Began"),
    "why": _texts("دلیل درخواست کارشناس", "سبب طلب الموظف", "Why a person"),
    "intents": _texts("آنچه پرسیده است", "ما سأل عنه", "What they asked"),
    "entities": _texts("شماره‌ها و نشانی‌ها", "أرقام وعناوين", "Numbers and addresses"),
    "feedback": _texts("نظر درباره پاسخ‌ها", "رأيه في الإجابات", "Feedback on answers"),
    "liked": _texts("پسندید", "أعجبته", "Liked"),
    "disliked": _texts("نپسندید", "لم تعجبه", "Disliked"),
    "same_person": _texts("همین مشتری در", "العميل نفسه في", "The same shopper in"),
    "verified_phone": _texts("شماره تأییدشده", "رقم مُثبت", "Verified number"),
    "by_phone": _texts("با شماره تأییدشده", "برقم مُثبت", "by a verified number"),
    "by_link": _texts("با پیوند", "برابط", "by a link"),
    "separate": _texts("این کس دیگری است", "هذا شخص آخر", "This is somebody else"),
    "rejoin": _texts("همان مشتری است", "إنه العميل نفسه", "It is the same shopper"),
    "earlier": _texts("گفت‌وگوهای پیشین", "محادثات سابقة", "Earlier conversations"),
    "entity_order_number": _texts("شماره سفارش", "رقم الطلب", "Order number"),
    "entity_phone": _texts("تلفن", "الهاتف", "Phone"),
    "entity_email": _texts("ایمیل", "البريد الإلكتروني", "E-mail"),
    "entity_ticket_reference": _texts("شماره پیگیری", "رقم المتابعة", "Reference"),
    "entity_amount": _texts("مبلغ", "المبلغ", "Amount"),
    "entity_date": _texts("تاریخ", "التاريخ", "Date"),
    "entity_city": _texts("شهر", "المدينة", "City"),
    "outcome_not_understood": _texts("متوجه نشد", "لم يُفهم", "Not understood"),
    # sound, keys
    "sound": _texts("صدای خبر", "صوت التنبيه", "Sound"),
    "keys": _texts("کلیدهای میان‌بر", "اختصارات لوحة المفاتيح", "Keyboard shortcuts"),
    "keys_on": _texts("کلیدهای میان‌بر فعال باشند", "تفعيل الاختصارات", "Use keyboard shortcuts"),
    "keys_note": _texts(
        "تا وقتی در کادری می‌نویسید، کلیدهای تکی کاری نمی‌کنند.",
        "لا تعمل المفاتيح المفردة أثناء الكتابة في خانة.",
        "Single keys do nothing while you type in a field.",
    ),
    "dismiss": _texts("بستن", "إغلاق", "Close"),
    "key_help": _texts("این فهرست", "هذه القائمة", "This list"),
    "key_next": _texts("گفت‌وگوی بعدی", "المحادثة التالية", "Next conversation"),
    "key_previous": _texts("گفت‌وگوی قبلی", "المحادثة السابقة", "Previous conversation"),
    "key_unread": _texts(
        "گفت‌وگویی که بیش از همه منتظر است",
        "المحادثة الأطول انتظارًا",
        "The conversation that waits longest",
    ),
    "key_take": _texts("برداشتن گفت‌وگو", "استلام المحادثة", "Take the conversation"),
    "key_reply": _texts("نوشتن پاسخ", "كتابة رد", "Write a reply"),
    "key_note": _texts("نوشتن یادداشت", "كتابة ملاحظة", "Write a note"),
    "key_suggestion": _texts(
        "پاسخ پیشنهادی در کادر پاسخ",
        "الرد المقترح إلى خانة الرد",
        "A suggested answer into the reply",
    ),
    "key_return": _texts(
        "بازگرداندن به دستیار", "إعادة إلى المساعد الآلي", "Return to the assistant"
    ),
    "key_close": _texts("پایان گفت‌وگو", "إنهاء المحادثة", "End the chat"),
    "key_search": _texts("جست‌وجو", "البحث", "Search"),
    "key_sound": _texts("صدا روشن یا خاموش", "تشغيل الصوت أو إيقافه", "Sound on or off"),
    "key_leave": _texts("بیرون آمدن از کادر", "الخروج من الخانة", "Leave the field"),
    # the list of tickets
    "state": _texts("وضعیت", "الحالة", "State"),
    "state_unsolved": _texts("حل‌نشده", "غير محلولة", "not solved"),
    "state_snoozed": _texts("موکول‌شده به بعد", "مؤجلة", "put off"),
    "snooze": _texts("موکول کردن به بعد", "تأجيل", "Put off"),
    "snooze_until": _texts("موکول شود به", "تأجيل إلى", "Put off until"),
    "snooze_note": _texts(
        "در آن زمان، یا همین که مشتری بنویسد، به صف برمی‌گردد.",
        "تعود إلى القائمة في ذلك الوقت، أو فور أن يكتب العميل.",
        "It comes back into the queue then, or as soon as the shopper writes.",
    ),
    "asleep": _texts("موکول شده تا {time}", "مؤجلة حتى {time}", "Put off until {time}"),
    "wake": _texts("همین حالا برگردد", "إعادتها الآن", "Bring back now"),
    "in_hour": _texts("یک ساعت دیگر", "بعد ساعة", "in an hour"),
    "in_day": _texts("فردا همین ساعت", "غدًا في هذا الوقت", "tomorrow at this time"),
    "in_three_days": _texts("سه روز دیگر", "بعد ثلاثة أيام", "in three days"),
    "in_week": _texts("یک هفته دیگر", "بعد أسبوع", "in a week"),
    "merge": _texts("یکی کردن", "دمج", "Merge"),
    "merge_into": _texts("یکی شود با", "دمج مع", "Merge into"),
    "merge_note": _texts(
        "این تیکت بسته می‌شود و به تیکت دیگر اشاره می‌کند؛ تاریخچه هر دو می‌ماند و «جدا کردن» آن را برمی‌گرداند.",
        "تُغلق هذه التذكرة وتشير إلى الأخرى، ويبقى سجل كلتيهما، ويمكن التراجع بزر «فصل».",
        "This ticket closes and points to the other; both histories stay, and “Separate” takes it back.",
    ),
    "merged": _texts("یکی شده با", "مدموجة مع", "Merged into"),
    "split": _texts("جدا کردن", "فصل", "Separate"),
    "queue": _texts("صف", "القائمة", "Queue"),
    "any": _texts("همه", "الكل", "All"),
    "only_mine": _texts("فقط تیکت‌های من", "تذاكري فقط", "Only mine"),
    "filter": _texts("نمایش", "عرض", "Show"),
    "assign": _texts("سپردن", "إسناد", "Assign"),
    "assign_to": _texts("سپردن تیکت به", "إسناد التذكرة إلى", "Assign to"),
    "nobody": _texts("هیچ‌کس", "لا أحد", "nobody"),
    "pdf": _texts("چاپ (PDF)", "طباعة (PDF)", "Print (PDF)"),
    "system": _texts("سامانه", "النظام", "System"),
    "reopen_chat": _texts("بازگشایی گفت‌وگو", "إعادة فتح المحادثة", "Reopen the chat"),
    "reference": _texts("شماره پیگیری", "رقم المتابعة", "Reference"),
    "topic": _texts("موضوع", "الموضوع", "Topic"),
    "assignee": _texts("مسئول", "المسؤول", "Assignee"),
    "next_page": _texts("تیکت‌های بعدی", "التذاكر التالية", "Next tickets"),
    "priority_low": _texts("کم", "منخفضة", "low"),
    "priority_normal": _texts("عادی", "عادية", "normal"),
    "priority_high": _texts("مهم", "مهمة", "high"),
    "priority_urgent": _texts("فوری", "عاجلة", "urgent"),
}
