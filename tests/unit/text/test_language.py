"""Language identification: sentences of shoppers, keyboards, short and mixed texts."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.language import Identification, Lang, identify

MESSAGES = yaml.safe_load((Path(__file__).parent / "messages.yml").read_text("utf-8"))
KINDS = {
    "fa": (Lang.FA, False),
    "ar": (Lang.AR, False),
    "en": (Lang.EN, False),
    "finglish": (Lang.FA, True),
    "arabizi": (Lang.AR, True),
}
SENTENCES = [
    pytest.param(text, *KINDS[kind], id=f"{kind}-{number}")
    for kind, texts in MESSAGES.items()
    for number, text in enumerate(texts.strip().splitlines(), 1)
]


@pytest.mark.parametrize("prior", list(Lang))
@pytest.mark.parametrize(("text", "lang", "latin"), SENTENCES)
def test_a_sentence_is_recognised_whatever_the_prior(text, lang, latin, prior):
    found = identify(text, prior=prior)
    assert (found.lang, found.latin) == (lang, latin)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param("سفارش my order کی می\u200cرسه", Lang.FA, id="english-noun-in-persian"),
        pytest.param("وين ال order حقي ما وصل", Lang.AR, id="english-noun-in-gulf"),
        pytest.param("where is my سفارش please", Lang.EN, id="persian-noun-in-english"),
        pytest.param("چرا sms تایید برام نمیاد", Lang.FA, id="abbreviation-in-persian"),
        pytest.param("iphone 16 ro key miarid", Lang.FA, id="brand-in-finglish"),
        pytest.param("lesh payment failed w el raseed mawjood", Lang.AR, id="english-in-arabizi"),
        pytest.param("گدامي ناطر وين طلبي چم يوم يبيله", Lang.AR, id="persian-letters-in-gulf"),
        pytest.param("كى سفارش من ميرسه", Lang.FA, id="arabic-keyboard-in-persian"),
    ],
)
@pytest.mark.parametrize("prior", list(Lang))
def test_a_mixed_text_has_the_language_of_its_frame(text, lang, prior):
    assert identify(text, prior=prior).lang is lang


@pytest.mark.parametrize("text", ["", "  ", "123", "۱۲۳۴", "🙂🙂", "?!", "\ud83d", "09121234567"])
@pytest.mark.parametrize("prior", list(Lang))
def test_a_text_without_letters_has_the_prior_language(text, prior):
    assert identify(text, prior=prior) == Identification(prior, False, 0.0)


@pytest.mark.parametrize("text", ["سلام", "ممكن", "آب"])
@pytest.mark.parametrize("prior", [Lang.FA, Lang.AR])
def test_a_word_both_languages_share_goes_to_the_prior(text, prior):
    assert identify(text, prior=prior).lang is prior


def test_the_greeting_salam_goes_to_the_prior():
    assert identify("salam", prior=Lang.FA).lang is Lang.FA


def test_an_email_address_says_nothing_of_the_language():
    found = identify("ایمیلم where.is.my.order@example.com هست", prior=Lang.EN)
    assert found.lang is Lang.FA


def test_a_clear_sentence_is_surer_than_a_shared_word():
    clear = identify("چجوری کالایی که خریدم رو پس بدم؟", prior=Lang.FA).confidence
    assert clear > 0.95 > identify("سلام", prior=Lang.FA).confidence


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.sampled_from(list(Lang)))
def test_any_string_has_a_language_and_a_confidence(text, prior):
    found = identify(text, prior=prior)
    assert found.lang in Lang
    assert 0.0 <= found.confidence <= 1.0


@pytest.mark.parametrize(
    "piece",
    ["ا", "a", "aا", "می ", "hello ", "🙂", "a@", "a.", "\u064b", "9", "'", "_", "aaaaaaab "],
)
def test_a_huge_text_is_identified(piece):
    assert identify(piece * (100_000 // len(piece)), prior=Lang.FA).lang in Lang
