"""What is said to those who were refused at the door, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang

# Code of the refusal → words. {seconds}: how long to wait
GATE_WORDS: Mapping[str, Texts] = {
    "too_many_requests": {
        Lang.FA: "درخواست‌های شما پشت سر هم و خیلی زیاد بود. لطفاً {seconds} ثانیه صبر کنید و دوباره امتحان کنید.",
        Lang.AR: "وصلتنا منكم طلبات كثيرة في وقت قصير. نرجو الانتظار قليلًا ثم المحاولة من جديد (بالثواني): {seconds}",
        Lang.EN: "That was too much in a short time. Please try again later (seconds to wait: {seconds}).",
    },
    "identity_not_set_up": {
        Lang.FA: "این فروشگاه هنوز شناسایی کاربران را تنظیم نکرده است.",
        Lang.AR: "لم يُفعّل هذا المتجر التعرّف على مستخدميه بعد.",
        Lang.EN: "This shop has not set up the recognition of its users yet.",
    },
    "identity_forged": {
        Lang.FA: "هویت شما تأیید نشد. لطفاً صفحه را دوباره باز کنید یا از حساب خود خارج و دوباره وارد شوید.",
        Lang.AR: "تعذّر التحقق من هويتكم. نرجو تحديث الصفحة أو تسجيل الخروج من حسابكم ثم الدخول من جديد.",
        Lang.EN: "We could not confirm who you are. Please reload the page, or sign out of your account and in again.",
    },
    "identity_expired": {
        Lang.FA: "زمان تأیید هویت شما تمام شده است. لطفاً صفحه را دوباره باز کنید.",
        Lang.AR: "انتهت مدة التحقق من هويتكم. نرجو تحديث الصفحة.",
        Lang.EN: "The confirmation of who you are has expired. Please reload the page.",
    },
}
