"""The few words a form listens for: yes, no, none, change this. From data/lexicon/ticket_form.yml, compared folded."""

import re
from collections.abc import Mapping

from jawab.support.forms.ticket_form import Field
from jawab.text import lexicon
from jawab.text.characters import ZWNJ, fold_letters
from jawab.text.folding import fold
from jawab.text.language import Lang

# Dialogue acts that are met in the middle of the form as anywhere else, whereupon the form goes on.
INTERRUPTING = frozenset(
    (
        "talk_to_human",
        "frustrated",
        "change_language",
        "help",
        "bot_challenge",
        "greet",
        "goodbye",
        "thanks",
        "ticket_status",
        "other_support",
        "out_of_scope",
    )
)
UNLIKE_A_NAME = INTERRUPTING - {"other_support", "out_of_scope", "goodbye"}
_TABLE = "ticket_form"
_FEW = 5


def says_yes(text: str) -> bool:
    """Whether a short text begins with a yes.

    >>> says_yes("آره درسته"), says_yes("نعم، سجلها"), says_yes("yesterday it broke")
    (True, True, False)
    """
    return _begins("yes", text)


def says_no(text: str) -> bool:
    """Whether a short text begins with a no: «نه», «لا», "no thanks"."""
    return _begins("no", text)


def ends(text: str) -> bool:
    """Whether a text is nothing but a wish to stop: «بی‌خیال», «إلغاء», "cancel"."""
    return _skeleton(text) in _whole("stop")


def leaves_out(text: str) -> bool:
    """Whether a text says that there is nothing to give: «ندارم», «ليس لدي», "skip"."""
    return bool(_starting("skip").search(_skeleton(text)))


def wants_change(text: str) -> bool:
    """Whether a text takes something back: «شماره رو اشتباه گفتم», «عدل الإيميل», "change the e-mail"."""
    return bool(_starting("change").search(_skeleton(text)))


def fields_named(text: str) -> tuple[Field, ...]:
    """The questions of the form that a text names, the more telling words first.

    >>> fields_named("شماره سفارش رو اشتباه زدم")[0], fields_named("my e-mail is wrong")[0]
    (<Field.ORDER_NUMBER: 'order_number'>, <Field.EMAIL: 'email'>)
    """
    plain = _skeleton(text)
    return tuple(field for field, words in _fields().items() if words.search(plain))


def bare_name(text: str) -> str:
    """A name without the words around it: «من سارا احمدی هستم», «اسمي محمد», "my name is Jane".

    >>> bare_name("اسمم سارا احمدی است")
    'سارا احمدی'
    """
    words = text.split()
    frame = _frame()
    longest = max(map(len, frame))
    for size in range(min(longest, len(words) - 1), 0, -1):
        if _words(words[:size]) in frame:
            words = words[size:]
            break
    while len(words) > 1 and _words(words[-1:]) in frame:
        words = words[:-1]
    return " ".join(words).strip(" .،,!؛:")


def option_named(text: str, options: Mapping[str, Mapping[Lang, str]], lang: Lang) -> str | None:
    """The one option whose title, in any language, a text gives: the whole of it, its number, or words of no other.

    >>> option_named("مرجوعی", {"after_sales": {Lang.FA: "پس از فروش و مرجوعی"}}, Lang.FA)
    'after_sales'
    """
    plain = fold(text, lang=lang)
    titles = {
        id: {fold(title, lang=of) for of, title in texts.items()} for id, texts in options.items()
    }
    if plain.isdigit() and 0 < int(plain[:3]) <= len(options):
        return list(options)[int(plain[:3]) - 1]
    whole = [id for id, known in titles.items() if plain in known]
    if whole:
        return whole[0]
    words = set(plain.split())
    if not words or len(words) > _FEW:
        return None
    part = [
        id
        for id, known in titles.items()
        if any(words <= _title_words(title) for title in known) and any(len(w) > 2 for w in words)
    ]
    return part[0] if len(part) == 1 else None


def _title_words(title: str) -> frozenset[str]:
    # «والتوصيل» is also found as «التوصيل».
    words = title.split()
    return frozenset(words) | {w[1:] for w in words if w.startswith("و") and len(w) > 3}


def _begins(part: str, text: str) -> bool:
    words = _skeleton(text).split()
    return 0 < len(words) <= _FEW and words[0] in _whole(part)


@lexicon.remembered
def _whole(part: str) -> frozenset[str]:
    return frozenset(_skeleton(word) for word in lexicon.words(_TABLE, part))


@lexicon.remembered
def _starting(part: str) -> re.Pattern[str]:
    return _pattern(lexicon.words(_TABLE, part))


@lexicon.remembered
def _fields() -> Mapping[Field, re.Pattern[str]]:
    return {
        Field(name): _pattern(word.replace("_", " ") for word in words.split())
        for name, words in lexicon.section(_TABLE, "fields").items()
    }


@lexicon.remembered
def _frame() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_skeleton(word).split()) for word in lexicon.words(_TABLE, "name_frame"))


def _pattern(words: object) -> re.Pattern[str]:
    found = (re.escape(_skeleton(str(word))) for word in words)  # type: ignore[attr-defined]
    return re.compile(rf"(?<!\S)(?:{'|'.join(found)})")


def _words(words: list[str]) -> tuple[str, ...]:
    return tuple(_skeleton(" ".join(words)).split())


def _skeleton(text: str) -> str:
    # One folding for both keyboards' letters, whatever the language around the word.
    return fold_letters(text.replace(ZWNJ, " "), lang=Lang.AR)
