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
}
