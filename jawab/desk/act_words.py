"""What the intents that are no question of the FAQ are called at the desk, in three languages side by side."""

from collections.abc import Mapping

from jawab.desk.word_tables import texts
from jawab.knowledge import Texts

ACT_WORDS: Mapping[str, Texts] = {
    "greet": texts("سلام و احوال‌پرسی", "تحية", "Greeting"),
    "goodbye": texts("خداحافظی", "وداع", "Goodbye"),
    "thanks": texts("تشکر", "شكر", "Thanks"),
    "affirm": texts("بله", "نعم", "Yes"),
    "deny": texts("نه", "لا", "No"),
    "help": texts("چه کمکی برمی‌آید", "ما الذي يمكن المساعدة فيه", "What help there is"),
    "bot_challenge": texts("ربات است یا انسان", "هل هو آلة أم إنسان", "Bot or human"),
    "talk_to_human": texts("گفت‌وگو با کارشناس", "التحدث إلى موظف", "Talk to a person"),
    "open_ticket": texts("ثبت تیکت", "فتح تذكرة", "Open a ticket"),
    "ticket_status": texts("پیگیری تیکت", "متابعة تذكرة", "State of a ticket"),
    "frustrated": texts("ناراحتی", "استياء", "Upset"),
    "stop": texts("انصراف", "إلغاء", "Stop"),
    "change_language": texts("تغییر زبان", "تغيير اللغة", "Another language"),
    "other_support": texts(
        "موضوع دیگری از پشتیبانی", "أمر آخر من شؤون الدعم", "Another support matter"
    ),
    "out_of_scope": texts(
        "بی‌ارتباط با فروشگاه", "لا علاقة له بالمتجر", "Nothing to do with the shop"
    ),
}
