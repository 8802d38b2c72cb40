"""The words of the page of agents' accounts, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

AGENTS_WORDS: Mapping[str, Texts] = {
    "agents": texts("کارشناسان", "الموظفون", "Agents"),
    "add": texts("افزودن کارشناس", "إضافة موظف", "Add an agent"),
    "login": texts("نام کاربری", "اسم المستخدم", "User name"),
    "name": texts("نامی که مشتری می‌بیند", "الاسم الذي يراه العملاء", "The name shoppers read"),
    "role": texts("نقش", "الدور", "Role"),
    "role_agent": texts("کارشناس", "موظف", "Agent"),
    "role_lead": texts("سرپرست", "مشرف", "Lead"),
    "role_owner": texts("مالک", "مالك", "Owner"),
    "all_hint": texts(
        "از هر فهرستی که چیزی انتخاب نشود، همه‌اش به این کارشناس می‌رسد.",
        "إذا لم يُختر شيء من قائمة، فكل ما فيها لهذا الموظف.",
        "Where nothing of a list is chosen, all of it is this agent's business.",
    ),
    "shops": texts("فروشگاه‌ها", "المتاجر", "Shops"),
    "languages": texts("زبان‌ها", "اللغات", "Languages"),
    "queues": texts("صف‌ها", "قوائم الانتظار", "Queues"),
    "queue_shoppers": texts("مشتریان", "العملاء", "Shoppers"),
    "queue_sellers": texts("فروشندگان", "البائعون", "Sellers"),
    "queue_express": texts("ارسال سریع", "التوصيل السريع", "Express"),
    "queue_complaints": texts("شکایت‌ها", "الشكاوى", "Complaints"),
    "password": texts("گذرواژه", "كلمة المرور", "Password"),
    "password_hint": texts(
        "دست‌کم ۱۰ نویسه؛ اگر خالی بماند یکی ساخته و یک بار نشان داده می‌شود.",
        "10 أحرف على الأقل؛ وإذا تُركت فارغة تُنشأ واحدة وتُعرض مرة واحدة.",
        "At least 10 characters; left empty, one is made and shown once.",
    ),
    "new_password": texts("گذرواژه تازه", "كلمة مرور جديدة", "New password"),
    "shown_once": texts(
        "گذرواژه این حساب، فقط همین یک بار نشان داده می‌شود:",
        "كلمة مرور هذا الحساب، تُعرض هذه المرة فقط:",
        "The password of this account, shown only this once:",
    ),
    "disable": texts("بستن حساب", "تعطيل الحساب", "Disable"),
    "enable": texts("باز کردن حساب", "تفعيل الحساب", "Enable"),
    "sign_out": texts("خروج از همه دستگاه‌ها", "تسجيل الخروج من كل الأجهزة", "Sign out everywhere"),
    "set_password": texts("تغییر گذرواژه", "تغيير كلمة المرور", "Change password"),
    "active": texts("فعال", "مفعّل", "Active"),
    "disabled": texts("بسته", "معطّل", "Disabled"),
    "present": texts("حاضر", "متاح", "Present"),
    "edit": texts("ویرایش", "تعديل", "Edit"),
    "audit": texts("تاریخچه حساب‌ها", "سجل الحسابات", "History of accounts"),
    "no_audit": texts("هنوز چیزی ثبت نشده است.", "لا شيء مسجّل بعد.", "Nothing yet."),
    "when": texts("زمان", "الوقت", "When"),
    "who": texts("چه کسی", "من", "Who"),
    "account": texts("حساب", "الحساب", "Account"),
    "deed": texts("چه کاری", "ماذا فعل", "What"),
    "deed_added": texts("افزوده شد", "أُضيف", "added"),
    "deed_changed": texts("تغییر کرد", "عُدِّل", "changed"),
    "deed_password": texts("گذرواژه عوض شد", "تغيّرت كلمة المرور", "password changed"),
    "deed_disabled": texts("بسته شد", "عُطِّل", "disabled"),
    "deed_enabled": texts("باز شد", "فُعِّل", "enabled"),
    "deed_signed_in": texts("وارد شد", "سجّل الدخول", "signed in"),
    "deed_refused": texts("گذرواژهٔ نادرست", "كلمة مرور خاطئة", "wrong password"),
    "deed_signed_out": texts("همه‌جا خارج شد", "سُجِّل خروجه من كل الأجهزة", "signed out everywhere"),
    "all": texts("همه", "الكل", "all"),
    "login_taken": texts(
        "این نام کاربری گرفته شده است", "اسم المستخدم هذا مستخدَم", "This user name is taken"
    ),
    "login_wrong": texts(
        "نام کاربری ۱ تا ۸۰ نویسه و بدون فاصله است",
        "اسم المستخدم من 1 إلى 80 حرفًا وبلا مسافات",
        "A user name has 1 to 80 characters and no blanks",
    ),
    "name_wrong": texts(
        "نام ۱ تا ۸۰ نویسه است", "الاسم من 1 إلى 80 حرفًا", "A name has 1 to 80 characters"
    ),
    "password_weak": texts(
        "گذرواژه باید ۱۰ تا ۲۰۰ نویسه گوناگون باشد",
        "كلمة المرور من 10 إلى 200 حرف متنوع",
        "A password has 10 to 200 characters, not the same few again and again",
    ),
    "last_owner": texts(
        "تنها مالک فعال را نمی‌توان بست یا نقشش را کم کرد",
        "لا يمكن تعطيل المالك الوحيد المفعّل أو خفض دوره",
        "The only active owner can neither be disabled nor be made less",
    ),
}
