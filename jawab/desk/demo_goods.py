"""The goods of the demo shops: names in three languages side by side, prices, and the drawing of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts


@dataclass(frozen=True)
class Good:
    """One thing on sale. Prices in the currency's whole units; `drawing` names a macro of art.html."""

    drawing: str
    name: Texts
    price: int
    before: int | None = None
    stars: float = 4.5
    ratings: int = 120
    tint: int = 1

    @property
    def off(self) -> int | None:
        """By how many percent the price has fallen."""
        return round(100 * (self.before - self.price) / self.before) if self.before else None


@dataclass(frozen=True)
class Stall:
    """A demo shop's front: its currency, its goods, the number of things already in the cart."""

    currency: Texts
    goods: tuple[Good, ...]
    in_cart: int


CATEGORIES: Mapping[str, Texts] = {
    "phone": texts("موبایل", "الجوالات", "Phones"),
    "laptop": texts("لپ‌تاپ", "أجهزة اللابتوب", "Laptops"),
    "shirt": texts("پوشاک", "الأزياء", "Fashion"),
    "kettle": texts("خانه و آشپزخانه", "المنزل والمطبخ", "Home & kitchen"),
    "perfume": texts("زیبایی", "الجمال والعطور", "Beauty"),
    "book": texts("کتاب", "الكتب", "Books"),
    "ball": texts("ورزش", "الرياضة", "Sports"),
    "teddy": texts("کودک", "الأطفال", "Kids"),
}

_HEADPHONES = texts(
    "هدفون بی‌سیم با حذف نویز، ۴۰ ساعت پخش",
    "سماعات لاسلكية بعزل الضوضاء، تشغيل 40 ساعة",
    "Wireless noise-cancelling headphones, 40 hours",
)
_WATCH = texts(
    "ساعت هوشمند با GPS و ضربان‌سنج",
    "ساعة ذكية مع GPS وقياس النبض",
    "Smart watch with GPS and heart rate",
)
_KETTLE = texts(
    "کتری برقی استیل ۱٫۷ لیتری",
    "غلاية كهربائية ستانلس 1.7 لتر",
    "Steel electric kettle, 1.7 litres",
)
_BACKPACK = texts(
    "کوله‌پشتی ضدآب لپ‌تاپ ۱۵ اینچ",
    "حقيبة ظهر مقاومة للماء لابتوب 15 بوصة",
    "Water-resistant 15-inch laptop backpack",
)
_SNEAKER = texts("کفش پیاده‌روی سبک", "حذاء مشي خفيف", "Lightweight walking shoes")
_LAMP = texts(
    "چراغ مطالعه LED با شارژ USB",
    "مصباح مكتب LED بشحن USB",
    "LED desk lamp, USB rechargeable",
)
_PHONE = texts(
    "گوشی ۶٫۵ اینچی، حافظه ۲۵۶ گیگابایت",
    "جوال 6.5 بوصة، ذاكرة 256 جيجابايت",
    "6.5-inch phone, 256 GB",
)
_LAPTOP = texts(
    "لپ‌تاپ ۱۴ اینچی، رم ۱۶ گیگابایت",
    "لابتوب 14 بوصة، ذاكرة 16 جيجابايت",
    "14-inch laptop, 16 GB memory",
)
_PERFUME = texts("ادوپرفیوم ۱۰۰ میلی‌لیتر", "عطر أو دو برفيوم 100 مل", "Eau de parfum, 100 ml")
_TEDDY = texts("خرس عروسکی ۴۵ سانتی‌متری", "دبدوب ناعم 45 سم", "Soft teddy bear, 45 cm")

STALLS: Mapping[str, Stall] = {
    "digikala": Stall(
        currency=texts("تومان", "تومان", "toman"),
        in_cart=3,
        goods=(
            Good("headphones", _HEADPHONES, 3_890_000, 4_890_000, 4.6, 1284, 1),
            Good("watch", _WATCH, 2_450_000, None, 4.3, 862, 2),
            Good("kettle", _KETTLE, 1_190_000, 1_490_000, 4.4, 2310, 3),
            Good("backpack", _BACKPACK, 985_000, None, 4.5, 640, 4),
            Good("phone", _PHONE, 18_990_000, 21_500_000, 4.2, 415, 5),
            Good("lamp", _LAMP, 540_000, None, 4.7, 1730, 3),
            Good("shoe", _SNEAKER, 1_650_000, 1_980_000, 4.1, 388, 6),
            Good("teddy", _TEDDY, 620_000, None, 4.8, 154, 4),
        ),
    ),
    "souq": Stall(
        currency=texts("ریال سعودی", "ريال", "SAR"),
        in_cart=2,
        goods=(
            Good("perfume", _PERFUME, 219, 289, 4.7, 956, 4),
            Good("phone", _PHONE, 1349, 1599, 4.3, 522, 5),
            Good("headphones", _HEADPHONES, 279, None, 4.6, 1840, 1),
            Good("laptop", _LAPTOP, 2499, 2899, 4.4, 311, 2),
            Good("kettle", _KETTLE, 99, 139, 4.5, 2044, 3),
            Good("watch", _WATCH, 349, None, 4.2, 730, 6),
            Good("backpack", _BACKPACK, 129, None, 4.5, 401, 4),
            Good("lamp", _LAMP, 79, 95, 4.6, 618, 3),
        ),
    ),
}


def stall(shop: str) -> Stall:
    """What a shop sells in the demo; a shop of the owner's own shows the first one's goods."""
    return STALLS.get(shop) or next(iter(STALLS.values()))
