"""The project's own files: every answer of every shop, in every language, at several moments.

An answer may hold the facts of its own shop only: no name, number, address or hour of the other one.
"""

from __future__ import annotations

import re
import time
from datetime import datetime
from itertools import product

from jawab.knowledge import load, problems
from jawab.knowledge.rendering import PLAIN
from jawab.text.language import Lang

from .shop_answers import (
    EMAIL,
    HANDLE,
    MOMENTS,
    PHONE,
    ROOT,
    SHOPS,
    SITE,
    answers,
    every_answer,
    knowledge,
)

TOPICS = {
    "contact": "channels hours phone email live_chat ticket response_time holidays compare social express",
    "seller": "support panel join",
    "order": "place track cancel change change_address invoice late wrong_item damaged_item "
    "missing_item number",
    "delivery": "time cost methods area reschedule",
    "payment": "methods cod failed installments discount_code gift_card wallet",
    "returns": "how conditions cost status exchange",
    "refund": "how time",
    "account": "register login password edit delete",
    "product": "availability authenticity warranty review price",
}
QUESTIONS = {f"{topic}_{name}" for topic, names in TOPICS.items() for name in names.split()} | {
    "faq_page",
    "policy_privacy",
    "complaint_how",
    "about_shop",
}
ACTS = set(
    [
        "greet",
        "goodbye",
        "thanks",
        "affirm",
        "deny",
        "help",
        "bot_challenge",
        "talk_to_human",
        "open_ticket",
        "ticket_status",
        "frustrated",
        "stop",
        "change_language",
        "other_support",
        "out_of_scope",
    ]
)


def test_the_files_have_no_errors():
    assert [str(problem) for problem in problems(ROOT) if not problem.warning] == []


def test_every_id_of_the_catalogue_is_there_and_no_other():
    assert len(QUESTIONS) == 58
    assert set(knowledge().questions) == QUESTIONS
    assert set(knowledge().acts) == ACTS
    assert tuple(knowledge().shops) == SHOPS


def test_every_question_leads_to_related_ones():
    assert [q.id for q in knowledge().questions.values() if not 1 <= len(q.related) <= 4] == []


def test_every_shop_offers_three_questions_in_its_welcome():
    assert {len(shop.top_questions) for shop in knowledge().shops.values()} == {3}


@every_answer
def test_answers_are_plain_text_without_leftovers(shop: str, lang: Lang):
    leftovers = re.compile(
        r"[{}<>`]|\*\*|\]\(|None|MappingProxy|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
    )
    for key, text in answers(shop, lang).items():
        assert not leftovers.search(text), (key, leftovers.search(text))
        assert text == text.strip(), key
        assert "  " not in text, key
        assert "\n\n\n" not in text, key


@every_answer
def test_answers_are_in_the_script_of_their_language(shop: str, lang: Lang):
    for key, text in answers(shop, lang).items():
        if lang is Lang.EN:
            # What stands on a shop's own buttons is quoted as it stands there.
            assert not re.search("[\u0600-\u06ff]", re.sub("«[^»]*»", "", text)), key
            assert re.search("[a-z]{3}", text), key
        elif lang is Lang.FA:
            assert not set("يىكة") & set(text), key
            assert set("یک") & set(text), key
        else:
            assert not set("یکگچپژ") & set(text), key
            assert set("يةأ") & set(text), key


@every_answer
def test_digits_are_those_of_the_language(shop: str, lang: Lang):
    for key, text in answers(shop, lang).items():
        if lang is not Lang.FA:
            assert not re.search("[۰-۹٠-٩]", text), key
            continue
        for copied in (SITE, EMAIL, HANDLE, PHONE, re.compile(r"(?m)^\d+\. ")):
            text = copied.sub("", text)
        assert not re.search("[0-9٠-٩]", text), (key, text)


@every_answer
def test_every_word_of_the_assistant_can_be_said(shop: str, lang: Lang):
    now = datetime.fromisoformat(MOMENTS["a working hour"])
    profile = knowledge().shop(shop)
    for key, texts in knowledge().words.texts.items():
        names = set(re.findall(r"\{([a-z_]+)\}", texts[lang])) - {*PLAIN, *profile.channels}
        values = dict.fromkeys(names, "X")
        said = knowledge().say(key, shop=shop, lang=lang, now=now, **values)
        assert said, key
        assert not re.search("[{}]", said), key


def test_loading_and_answering_are_quick():
    began = time.perf_counter()
    loaded = load(ROOT)
    assert time.perf_counter() - began < 4  # about one second on two quiet cores
    now = datetime.fromisoformat(MOMENTS["a working hour"])
    asked = list(product(loaded.questions, loaded.shops, Lang))
    began = time.perf_counter()
    for question, shop, lang in asked:
        loaded.answer(question, shop=shop, lang=lang, now=now)
    assert (time.perf_counter() - began) / len(asked) < 0.001
