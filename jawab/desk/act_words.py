"""What the intents that are no question of the FAQ are called at the desk, in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def _texts(fa: str, ar: str, en: str) -> Texts:
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


ACT_WORDS: Mapping[str, Texts] = {
    "greet": _texts("سلام و احوال‌پرسی", "تحية", "Greeting"),
    "goodbye": _texts("خداحافظی", "وداع", "Goodbye"),
    "thanks": _texts("تشکر", "شكر", "Thanks"),
    "affirm": _texts("بله", "نعم", "Yes"),
    "deny": _texts("نه", "لا", "No"),
    "help": _texts("چه کمکی برمی‌آید", "ما الذي يمكن المساعدة فيه", "What help there is"),
    "bot_challenge": _texts("ربات است یا انسان", "هل هو آلة أم إنسان", "Bot or human"),
    "talk_to_human": _texts("گفت‌وگو با کارشناس", "التحدث إلى موظف", "Talk to a person"),
    "open_ticket": _texts("ثبت تیکت", "فتح تذكرة", "Open a ticket"),
    "ticket_status": _texts("پیگیری تیکت", "متابعة تذكرة", "State of a ticket"),
    "frustrated": _texts("ناراحتی", "استياء", "Upset"),
    "stop": _texts("انصراف", "إلغاء", "Stop"),
    "change_language": _texts("تغییر زبان", "تغيير اللغة", "Another language"),
    "other_support": _texts(
        "موضوع دیگری از پشتیبانی", "أمر آخر من شؤون الدعم", "Another support matter"
    ),
    "out_of_scope": _texts(
        "بی‌ارتباط با فروشگاه", "لا علاقة له بالمتجر", "Nothing to do with the shop"
    ),
}
