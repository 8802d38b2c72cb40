"""Messages of two scripts or languages, and English that is neither Finglish nor Arabizi."""

import pytest

from jawab.text.analysis import analyze
from jawab.text.lang import Lang

MIXED = [
    ("سفارش my order کی می‌رسه", Lang.FA, False),
    ("سلام order من کجاست؟", Lang.FA, False),
    ("این product اصله یا fake?", Lang.FA, False),
    ("tracking number سفارشم رو از کجا ببینم", Lang.FA, False),
    ("delivery به شیراز دارین؟", Lang.FA, False),
    ("password حسابم رو forgot کردم", Lang.FA, False),
    ("salam, tracking number man chande, koja bebinam?", Lang.FA, True),
    ("order man ki mirese", Lang.FA, True),
    ("discount code man kar nemikone", Lang.FA, True),
    ("mikham refund begiram", Lang.FA, True),
    ("وين my order", Lang.AR, False),
    ("الـ tracking number وين ألقاه", Lang.AR, False),
    ("عندكم cash on delivery؟", Lang.AR, False),
    ("كيف أسوي return للمنتج", Lang.AR, False),
    ("wein el order bta3i", Lang.AR, True),
    ("3ayez a3mel return lel montag", Lang.AR, True),
    ("el delivery bi kam?", Lang.AR, True),
    ("fi cash on delivery 3andkom?", Lang.AR, True),
]
ENGLISH = [
    "where is my order",
    "i want a refund asap",
    "can u help me pls",
    "order late!!",
    "wheres my parcel",
    "return label",
    "no one answers the phone",
    "hw do i cancl my oder",
    "is it original or fake",
    "invoice",
    "track order 12345678",
    "say what you sell",
    "shab is my dog, where is his food parcel",
    "the code did not arrive",
    "gift card balance",
    "man, this is late",
    "my team needs an invoice",
    "add a lamp to my order",
]


@pytest.mark.parametrize("prior", list(Lang), ids=lambda lang: lang.value)
@pytest.mark.parametrize(("text", "lang", "latin"), MIXED, ids=[row[0] for row in MIXED])
def test_a_mixed_message_has_the_language_of_its_frame(text, lang, latin, prior):
    analysis = analyze(text, prior=prior)
    assert (analysis.lang, analysis.latin) == (lang, latin)


@pytest.mark.parametrize("prior", list(Lang), ids=lambda lang: lang.value)
@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_neither_finglish_nor_arabizi(text, prior):
    analysis = analyze(text, prior=prior)
    assert (analysis.lang, analysis.latin) == (Lang.EN, False)
