"""One comparable form of what people type in many ways."""

from jawab.text.characters import fold_letters
from jawab.text.lang import Lang
from jawab.text.wording import settle


def fold(text: str, *, lang: Lang) -> str:
    """Return the form in which texts of one language are compared: words with single blanks.

    One form for both keyboards' letters, hamza seats, harakat, tatweel, zero-width joints, bidi
    marks, presentation forms, the three digit systems, case and accents, letters repeated for
    emphasis, punctuation and emoji; Persian word parts typed apart are joined, colloquial Persian
    becomes written Persian, dialect words become standard Arabic. Folding twice changes nothing,
    and the time grows with the length of the text alone.

    >>> fold("چجوری می خوام كتاب ها رو پس بدم؟", lang=Lang.FA)
    'چطور میخواهم کتابها را پس بدهم'
    >>> fold("وين طلبيييي رقم ١٢٣؟!", lang=Lang.AR)
    'اين طلبي رقم 123'
    """
    return " ".join(settle(fold_letters(text, lang=lang).split(), lang=lang))
