"""The words of the figures' page, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

FIGURES_WORDS: Mapping[str, Texts] = {
    "figures": texts("آمار", "الإحصاءات", "Figures"),
    "period": texts("بازه", "الفترة", "Period"),
    "days_7": texts("۷ روز گذشته", "آخر 7 أيام", "Last 7 days"),
    "days_30": texts("۳۰ روز گذشته", "آخر 30 يومًا", "Last 30 days"),
    "days_90": texts("۹۰ روز گذشته", "آخر 90 يومًا", "Last 90 days"),
    "from": texts("از تاریخ", "من تاريخ", "From"),
    "to": texts("تا تاریخ", "إلى تاريخ", "To"),
    "date_hint": texts(
        "با سال؛ شمسی، قمری یا میلادی",
        "مع السنة؛ هجري أو ميلادي أو شمسي",
        "With the year; Gregorian, Hijri or Jalali",
    ),
    "dates_wrong": texts(
        "این تاریخ‌ها خوانده نشد یا ترتیبشان درست نیست؛ ۳۰ روز گذشته نشان داده می‌شود.",
        "لم نتمكن من قراءة التاريخين أو ترتيبهما غير صحيح؛ تُعرض آخر 30 يومًا.",
        "These dates cannot be read or are in the wrong order; the last 30 days are shown.",
    ),
    "shop": texts("فروشگاه", "المتجر", "Shop"),
    "lang": texts("زبان", "اللغة", "Language"),
    "every": texts("همه", "الكل", "All"),
    "show": texts("نمایش", "عرض", "Show"),
    "numbers": texts("جدول همین عددها", "جدول الأرقام نفسها", "The same numbers as a table"),
    "download": texts("دریافت CSV", "تنزيل CSV", "Download CSV"),
    "tickets_csv": texts(
        "همه تیکت‌های این بازه (CSV)",
        "كل تذاكر هذه الفترة (CSV)",
        "All tickets of this period (CSV)",
    ),
    "nothing": texts(
        "در این بازه چیزی نیست.", "لا شيء في هذه الفترة.", "There is nothing in this period."
    ),
    "conversations": texts("گفت‌وگوها", "المحادثات", "Conversations"),
    "silent": texts(
        "بدون هیچ پیامی از مشتری", "بلا أي رسالة من العميل", "Without a word from the shopper"
    ),
    "tickets": texts("تیکت‌ها", "التذاكر", "Tickets"),
    "solved": texts("حل‌شده", "المحلولة", "Solved"),
    "reopened": texts("بازگشوده پس از حل", "أُعيد فتحها بعد الحل", "Reopened after being solved"),
    "turns": texts("پیام‌های به ربات", "الرسائل إلى المساعد", "Messages to the assistant"),
    "misunderstood": texts("فهمیده‌نشده", "غير المفهومة", "Not understood"),
    "offered": texts("با پیشنهاد چند گزینه", "عُرضت لها خيارات", "Offered choices"),
    "apologised": texts("بی‌پاسخ به‌سبب خرابی", "بلا رد بسبب عطل", "Unanswered by a fault"),
    "fates": texts("گفت‌وگوها چگونه تمام شدند", "كيف انتهت المحادثات", "How conversations went"),
    "fates_desc": texts(
        "شمار گفت‌وگوها به تفکیک سرانجام",
        "عدد المحادثات بحسب نهايتها",
        "Number of conversations by how they went",
    ),
    "fate": texts("سرانجام", "النهاية", "How it went"),
    "fate_handed": texts("سپرده به کارشناس", "حُوّلت إلى موظف", "Handed to a person"),
    "fate_ticket": texts("تیکت", "تذكرة", "Ticket"),
    "fate_left": texts("رهاشده", "متروكة", "Left unhelped"),
    "fate_confirmed": texts(
        "پاسخ ربات، تأییدشده", "أجاب المساعد وتأكّد ذلك", "Answered and confirmed"
    ),
    "fate_answered": texts(
        "پاسخ ربات، بی‌واکنش", "أجاب المساعد بلا تعقيب", "Answered, nothing more said"
    ),
    "fate_talk": texts("بدون پرسش", "بلا سؤال", "No question asked"),
    "means": texts("تعریف‌ها", "التعريفات", "What is counted as what"),
    "means_order": texts(
        "هر گفت‌وگو یک بار شمرده می‌شود: در اولین دسته‌ای از این فهرست که به آن بخورد، بنا بر وضع کنونی‌اش.",
        "تُحسب كل محادثة مرة واحدة: في أول فئة من هذه القائمة تنطبق عليها، بحسب حالها الآن.",
        "Each conversation is counted once: as the first of these that holds, as it stands now.",
    ),
    "means_handed": texts(
        "کارشناسی آن را برداشته، یا هنوز در صف است.",
        "تولّاها موظف، أو ما زالت في الانتظار.",
        "A person took it, or it still waits for one.",
    ),
    "means_ticket": texts(
        "کسی آن را برنداشت و تیکتی در آن ثبت شد.",
        "لم يتولَّها أحد وفُتحت فيها تذكرة.",
        "Nobody took it, and a ticket was opened in it.",
    ),
    "means_left": texts(
        "آخرین پیام مشتری فهمیده نشد یا بی‌پاسخ ماند، از گزینه‌ها چیزی انتخاب نکرد، آخرین رأیش منفی بود، یا کارشناس یا تیکت می‌خواست و به آن نرسید.",
        "آخر رسالة للعميل لم تُفهم أو بقيت بلا رد، أو لم يختر من الخيارات، أو كان آخر تقييم له سلبيًا، أو أراد موظفًا أو تذكرة ولم يحصل عليها.",
        "The shopper's last message was not understood or not answered, none of the offered choices was taken, the last verdict was a thumb down, or a person or a ticket was wanted and neither came of it.",
    ),
    "means_confirmed": texts(
        "ربات پاسخ داد و مشتری تشکر کرد یا آخرین رأیش مثبت بود.",
        "أجاب المساعد، وشكره العميل أو كان آخر تقييم له إيجابيًا.",
        "The assistant answered, and the shopper said thanks or the last verdict was a thumb up.",
    ),
    "means_answered": texts(
        "ربات پاسخ داد و مشتری دیگر چیزی نگفت؛ معلوم نیست پاسخ به کارش آمده باشد.",
        "أجاب المساعد ولم يقل العميل شيئًا بعدها؛ لا نعرف هل أفاده الجواب.",
        "The assistant answered and the shopper said nothing of it; whether it helped is not known.",
    ),
    "means_talk": texts(
        "فقط سلام و احوال‌پرسی و مانند آن.",
        "تحية وما شابهها فقط.",
        "Only greetings and the like.",
    ),
    "by_day": texts("روز به روز", "يومًا بيوم", "Day by day"),
    "by_day_desc": texts(
        "گفت‌وگوهای هر روز به تفکیک سرانجام",
        "محادثات كل يوم بحسب نهايتها",
        "Each day's conversations by how they went",
    ),
    "day": texts("روز", "اليوم", "Day"),
    "by_hour": texts("ساعت به ساعت", "ساعة بساعة", "Hour by hour"),
    "by_hour_desc": texts(
        "گفت‌وگوها بر پایه ساعت شروع، به وقت فروشگاه",
        "المحادثات بحسب ساعة بدئها بتوقيت المتجر",
        "Conversations by the hour they began, in the shop's time",
    ),
    "hour": texts("ساعت", "الساعة", "Hour"),
    "by_lang": texts("به تفکیک زبان", "بحسب اللغة", "By language"),
    "by_lang_desc": texts(
        "گفت‌وگوها به تفکیک زبان و سرانجام",
        "المحادثات بحسب اللغة والنهاية",
        "Conversations by language and how they went",
    ),
    "channel": texts("راه ارتباطی", "القناة", "Channel"),
    "by_channel": texts("به تفکیک راه ارتباطی", "بحسب القناة", "By channel"),
    "by_channel_desc": texts(
        "گفت‌وگوها به تفکیک راه ارتباطی و سرانجام",
        "المحادثات بحسب القناة والنهاية",
        "Conversations by the channel they came by and how they went",
    ),
    "times": texts("سرعت پاسخ‌گویی", "سرعة الرد", "How fast people answered"),
    "times_means": texts(
        "پاسخ اول تیکت: نخستین پاسخ کارشناس، یا حل شدن. مهلت همان است که هنگام ثبت وعده داده شد. آنچه مهلتش گذشته و پاسخ نگرفته، وعده شکسته است؛ آنچه هنوز مهلت دارد شمرده نمی‌شود. انتظار چت با وعده کنونی سنجیده می‌شود و آن که خودش از انتظار دست کشیده شمرده نمی‌شود.",
        "أول رد على التذكرة: أول رد من موظف أو حلها. والمهلة هي ما وُعد به عند فتحها. ما فاتت مهلته بلا رد يُعد إخلالًا بالوعد، وما زال في مهلته لا يُحسب. ويُقاس انتظار الدردشة بالوعد الحالي، ولا يُحسب من عدل عن الانتظار.",
        "A ticket's first answer is an agent's first reply, or its being solved; the promise is the one made when it was opened. What is overdue without an answer broke the promise; what is still in time is not judged. Waits in the chat are held against today's promise; who stopped waiting is not judged.",
    ),
    "time": texts("چه زمانی", "ما يُقاس", "What"),
    "first_answer": texts("پاسخ اول تیکت", "أول رد على التذكرة", "First answer to a ticket"),
    "solution": texts("حل تیکت", "حل التذكرة", "Solution of a ticket"),
    "chat": texts(
        "انتظار برای کارشناس در چت", "انتظار موظف في الدردشة", "Wait for a person in the chat"
    ),
    "count": texts("تعداد", "العدد", "Number"),
    "median": texts("میانه", "الوسيط", "Median"),
    "ninety": texts("صدک ۹۰", "المئين 90", "90th percentile"),
    "kept": texts("وعده نگه‌داشته", "الوفاء بالوعد", "Promise kept"),
    "judged": texts("سنجیده‌شده", "ما قيس", "Judged"),
    "kept_of": texts("{kept} از {judged}", "{kept} من {judged}", "{kept} of {judged}"),
    "share": texts("سهم", "النسبة", "Share"),
    "satisfaction": texts("رضایت", "الرضا", "Satisfaction"),
    "satisfaction_desc": texts(
        "شمار هر امتیاز", "عدد مرات كل تقييم", "How often each rating was given"
    ),
    "stars": texts("ستاره", "النجوم", "Stars"),
    "asked": texts("پرسیده‌شده", "سُئلوا", "Asked"),
    "rated": texts("امتیاز داده‌اند", "قيّموا", "Rated"),
    "average": texts("میانگین", "المتوسط", "Average"),
    "questions": texts("پرسش‌های پرتکرار", "أكثر الأسئلة", "Top questions"),
    "questions_desc": texts(
        "پرسش‌هایی که ربات بیشتر از همه پاسخ داده",
        "أكثر الأسئلة التي أجاب عنها المساعد",
        "The questions that the assistant answered most",
    ),
    "question": texts("پرسش", "السؤال", "Question"),
    "unknown": texts(
        "آخرین پیام‌های فهمیده‌نشده", "آخر الرسائل غير المفهومة", "Latest messages not understood"
    ),
    "when": texts("زمان", "الوقت", "When"),
    "text": texts("پیام", "الرسالة", "Message"),
    "minutes": texts("{number} دقیقه", "{number} د", "{number} min"),
    "hours": texts("{number} ساعت", "{number} س", "{number} h"),
    "seconds": texts("{number} ثانیه", "{number} ث", "{number} s"),
    "seconds_column": texts("(ثانیه)", "(بالثواني)", "(seconds)"),
}
