"""The words of the owner's pages, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

OWNER_WORDS: Mapping[str, Texts] = {
    "pages": texts("بخش‌های مدیریت", "أقسام الإدارة", "Management"),
    "desk": texts("میز پشتیبانی", "مكتب الدعم", "Support desk"),
    "to_figures": texts("آمار", "الإحصاءات", "Figures"),
    "to_learning": texts("یادگیری", "التعلّم", "Learning"),
    "to_agents": texts("کارشناسان", "الموظفون", "Agents"),
    "look_only": texts(
        "فقط مالک می‌تواند این‌ها را تغییر دهد.",
        "المالك وحده يستطيع تغيير هذه الإعدادات.",
        "Only the owner can change these.",
    ),
    "save": texts("ذخیره", "حفظ", "Save"),
    "saved": texts("ذخیره شد.", "تم الحفظ.", "Saved."),
    "not_saved": texts(
        "ذخیره نشد؛ موارد مشخص‌شده را درست کنید.",
        "لم يُحفظ؛ صحّحوا الحقول المشار إليها.",
        "Not saved. Please correct what is marked.",
    ),
    "stale": texts(
        "در این میان کس دیگری این را تغییر داده است. مقدار تازه را ببینید و دوباره ذخیره کنید.",
        "غيّر شخص آخر هذا الإعداد في هذه الأثناء. راجعوا القيمة الجديدة ثم احفظوا مرة أخرى.",
        "Somebody else changed this in the meantime. Look at the new value and save again.",
    ),
}

SHOP_WORDS: Mapping[str, Texts] = {
    "shop": texts("تنظیمات فروشگاه", "إعدادات المتجر", "Shop settings"),
    "preview": texts(
        "ربات اکنون به «پشتیبانی باز است؟» چه پاسخ می‌دهد",
        "بماذا يجيب المساعد الآن عن «هل خدمة العملاء متاحة؟»",
        'What the assistant now answers to "are you open?"',
    ),
    "hours": texts("ساعت‌های کاری", "أوقات العمل", "Opening hours"),
    "hours_hint": texts(
        "برای هر روز یک یا چند بازه بنویسید: ۹:۰۰ تا ۱۳:۰۰، ۱۶:۰۰ تا ۲۰:۰۰. خالی یعنی بسته و ۲۴ یعنی شبانه‌روزی. بازه ۱۸:۰۰ تا ۲:۰۰ فردای آن روز تمام می‌شود.",
        "اكتبوا لكل يوم فترة أو أكثر: 9:00 إلى 13:00، 16:00 إلى 20:00. الفراغ يعني مغلق، و24 تعني على مدار الساعة. والفترة 18:00 إلى 2:00 تنتهي في اليوم التالي.",
        "Write one or more spans for each day: 9:00-13:00, 16:00-20:00. Empty means closed, 24 means around the clock. 18:00-02:00 ends on the next day.",
    ),
    "hours_unreadable": texts(
        "این ساعت خوانده نشد؛ مثلاً بنویسید ۹:۰۰ تا ۲۱:۰۰",
        "لم نتمكن من قراءة هذا الوقت؛ اكتبوا مثلًا 9:00 إلى 21:00",
        "This cannot be read; write for example 9:00-21:00",
    ),
    "hours_overlap": texts(
        "این بازه‌ها روی هم افتاده‌اند", "هاتان الفترتان متداخلتان", "These spans overlap"
    ),
    "promise": texts("زمان پاسخ‌گویی وعده‌شده", "وقت الرد الموعود", "Promised response times"),
    "promise_hint": texts(
        "هم در پاسخ‌های ربات می‌آید و هم مهلت تیکت‌ها و گفت‌وگوها از آن حساب می‌شود.",
        "يظهر في إجابات المساعد، ومنه تُحسب مهلة التذاكر والمحادثات.",
        "It is told in the assistant's answers, and the deadlines of tickets and chats follow from it.",
    ),
    "promise_unknown": texts(
        "یکی از زمان‌های فهرست را انتخاب کنید",
        "اختاروا وقتًا من القائمة",
        "Choose one of the times in the list",
    ),
    "as_in_file": texts("همان که در فایل است", "كما في الملف", "As in the file"),
    "from_file": texts("از فایل", "من الملف", "From the file"),
    "set_here": texts("تغییریافته در اینجا", "مضبوط هنا", "Set here"),
    "reset": texts("برگشت به مقدار فایل", "العودة إلى قيمة الملف", "Back to the file's value"),
    "closing_days": texts("روزهای تعطیل", "أيام الإغلاق", "Closing days"),
    "public_holidays": texts(
        "در تعطیلات رسمی بسته است", "مغلق في العطلات الرسمية", "Closed on public holidays"
    ),
    "next_days": texts("تعطیلی‌های پیش رو", "أيام الإغلاق القادمة", "Next closing days"),
    "own_days": texts("تعطیلی‌های خود فروشگاه", "أيام إغلاق المتجر الخاصة", "The shop's own days"),
    "no_own_days": texts("روزی ثبت نشده است.", "لم تُسجَّل أيام بعد.", "No days have been added."),
    "remove": texts("حذف شود", "يُحذف", "Remove"),
    "add_day": texts("افزودن یک روز", "إضافة يوم", "Add a day"),
    "date": texts("تاریخ", "التاريخ", "Date"),
    "date_hint": texts(
        "شمسی، قمری یا میلادی: ۱۴۰۵/۱۲/۲۹، ۲۹ اسفند یا 2027/03/20",
        "هجري أو ميلادي أو شمسي: 12 شوال 1448 أو 2027/03/20",
        "Gregorian, Hijri or Jalali: 2027-03-20, 20 March or 1405/12/29",
    ),
    "name_fa": texts("مناسبت به فارسی", "المناسبة بالفارسية", "Occasion in Persian"),
    "name_ar": texts("مناسبت به عربی", "المناسبة بالعربية", "Occasion in Arabic"),
    "name_en": texts("مناسبت به انگلیسی", "المناسبة بالإنجليزية", "Occasion in English"),
    "date_unreadable": texts(
        "این تاریخ خوانده نشد؛ مثلاً بنویسید ۱۴۰۵/۱۲/۲۹",
        "لم نتمكن من قراءة هذا التاريخ؛ اكتبوا مثلًا 2027/03/20",
        "This date cannot be read; write for example 2027-03-20",
    ),
    "date_past": texts("این تاریخ گذشته است", "هذا التاريخ مضى", "This date is past"),
    "date_taken": texts(
        "این روز از پیش در فهرست است",
        "هذا اليوم موجود في القائمة",
        "This day is in the list already",
    ),
    "too_many_days": texts(
        "فهرست پر است؛ روزهای گذشته را حذف کنید",
        "القائمة ممتلئة؛ احذفوا الأيام الماضية",
        "The list is full; remove days that are past",
    ),
    "name_missing": texts("مناسبت را بنویسید", "اكتبوا المناسبة", "Write what the occasion is"),
    "notices": texts("اطلاع‌رسانی", "الإشعارات", "Notifications"),
    "mail_opened": texts(
        "ایمیل هنگام ثبت تیکت", "بريد عند فتح التذكرة", "E-mail when a ticket is opened"
    ),
    "mail_answered": texts(
        "ایمیل هنگام پاسخ به تیکت", "بريد عند الرد على التذكرة", "E-mail when a ticket is answered"
    ),
    "mail_solved": texts(
        "ایمیل هنگام حل شدن تیکت", "بريد عند حل التذكرة", "E-mail when a ticket is solved"
    ),
    "webhook": texts(
        "خبر دادن به سامانه‌های خودتان (وب‌هوک)",
        "إبلاغ أنظمتكم (ويب هوك)",
        "Tell your own systems (webhook)",
    ),
    "from_name": texts(
        "نام فرستنده ایمیل‌ها (خالی: نام فروشگاه)",
        "اسم المرسل في الرسائل (فارغ: اسم المتجر)",
        "Sender's name in e-mails (empty: the shop's name)",
    ),
    "from_name_wrong": texts(
        "نام نباید @ یا < > یا گیومه داشته باشد و حداکثر ۸۰ نویسه است",
        "يجب ألا يحتوي الاسم على @ أو < > أو علامات اقتباس، وألا يتجاوز 80 حرفًا",
        "A name has no @, < >, or quotes, and at most 80 characters",
    ),
    "mail_unset": texts(
        "سرور ایمیل تنظیم نشده است؛ ایمیلی فرستاده نمی‌شود.",
        "لم يُضبط خادم البريد؛ لا تُرسل رسائل.",
        "No mail server is configured; no e-mails are sent.",
    ),
    "webhook_unset": texts(
        "نشانی وب‌هوک تنظیم نشده است.",
        "لم يُضبط عنوان الويب هوك.",
        "No webhook address is configured.",
    ),
    "kept": texts("نگه‌داری گفت‌وگوها", "الاحتفاظ بالمحادثات", "How long conversations are kept"),
    "kept_days": texts(
        "گفت‌وگوها و تیکت‌های تمام‌شده، این تعداد روز پس از آخرین پیام پاک می‌شوند:",
        "تُحذف المحادثات والتذاكر المنتهية بعد مرور هذا العدد من الأيام على آخر رسالة فيها:",
        "Conversations and tickets that are over are erased this many days after their last message:",
    ),
    "kept_for_good": texts(
        "گفت‌وگوها و تیکت‌ها نگه داشته می‌شوند و چیزی خودبه‌خود پاک نمی‌شود.",
        "تبقى المحادثات والتذاكر محفوظة ولا يُحذف منها شيء تلقائيًا.",
        "Conversations and tickets are kept; nothing is erased by itself.",
    ),
    "history": texts(
        "چه کسی چه چیزی را کی تغییر داده", "من غيّر ماذا ومتى", "Who changed what, and when"
    ),
    "no_history": texts(
        "هنوز چیزی تغییر نکرده است.", "لم يتغيّر شيء بعد.", "Nothing has been changed yet."
    ),
    "when": texts("زمان", "الوقت", "When"),
    "who": texts("چه کسی", "من", "Who"),
    "what": texts("چه چیزی", "ماذا", "What"),
    "value": texts("مقدار", "القيمة", "Value"),
    "on": texts("روشن", "مفعّل", "on"),
    "off": texts("خاموش", "معطّل", "off"),
    "none": texts("هیچ", "لا شيء", "none"),
    "closed": texts("بسته", "مغلق", "closed"),
    "day": texts("روز", "اليوم", "Day"),
    "channel_hours": texts("ساعت‌ها", "الأوقات", "Hours"),
}
