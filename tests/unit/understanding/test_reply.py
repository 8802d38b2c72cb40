"""What the assistant says, on the project's own knowledge: every id, both shops, three languages, fixed clocks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.knowledge.texts import frozen
from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.buttons import NONE_OF_THESE, pressed
from jawab.understanding.decision import OFFERABLE_ACTS, Outcome
from jawab.understanding.reply import Turn, reply

from .saying import (
    MOMENTS,
    SHOPS,
    every_lang,
    every_place,
    faults,
    meanings,
    said,
    turn,
)


@every_place
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_id_has_a_reply_with_buttons_of_its_language(knowledge, shop, lang, moment):
    wrong = {}
    for intent in (*knowledge.questions, *knowledge.acts):
        answer = reply(turn(intent, shop=shop, lang=lang, now=MOMENTS[moment]), knowledge=knowledge)
        (utterance,) = answer.utterances
        assert (answer.lang, answer.misunderstood) == (lang, 0), intent
        languages = intent == "change_language"
        found = faults(utterance, shop=shop, lang=lang, knowledge=knowledge, languages=languages)
        if found:
            wrong[intent] = found
    assert wrong == {}


@every_lang
def test_every_act_has_words_of_its_own(knowledge, lang):
    texts = {act: said(knowledge, act, lang=lang).text for act in knowledge.acts}
    assert len(set(texts.values())) == len(texts)


@every_lang
def test_a_buttons_title_is_read_in_the_language_it_is_written_in(knowledge, lang):
    titles = {
        button.title
        for intent in (*knowledge.questions, *set(knowledge.acts) - {"change_language"})
        for button in said(knowledge, intent, lang=lang).buttons
    } | {said(knowledge, "greet", "help", lang=lang, outcome=Outcome.OFFERED).buttons[-1].title}
    assert [t for t in titles if analyze(t, prior=lang).lang is not lang] == []


@every_place
def test_an_answers_buttons_are_its_related_questions(knowledge, shop, lang):
    for question in knowledge.questions.values():
        utterance = said(knowledge, question.id, shop=shop, lang=lang)
        related = [b for b in utterance.buttons if b.meaning["intent"] != "open_ticket"]
        assert [dict(b.meaning) for b in related] == [{"intent": id} for id in question.related]
        assert [b.title for b in related] == [
            knowledge.questions[id].title[lang] for id in question.related
        ]


@every_place
@pytest.mark.parametrize(
    ("question", "ticket"),
    [
        ("complaint_how", {"intent": "open_ticket", "about": "complaint"}),
        ("contact_ticket", {"intent": "open_ticket"}),
    ],
)
def test_how_to_complain_or_to_open_a_ticket_ends_in_one(knowledge, question, ticket, shop, lang):
    assert meanings(said(knowledge, question, shop=shop, lang=lang))[0] == ticket


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_souqs_way_to_complain_has_four_steps(knowledge, lang):
    text = said(knowledge, "complaint_how", shop="souq", lang=lang).text
    steps = "۱۲۳۴" if lang is Lang.FA else "1234"
    assert re.findall(r"(?m)^(\d)\. ", text) == list(steps)


@every_place
def test_an_offer_holds_its_candidates_and_none_of_these(knowledge, shop, lang):
    candidates = ("returns_how", "talk_to_human", "refund_how")
    utterance = said(knowledge, *candidates, shop=shop, lang=lang, outcome=Outcome.OFFERED)
    assert meanings(utterance) == [{"intent": id} for id in (*candidates, NONE_OF_THESE)]
    assert faults(utterance, shop=shop, lang=lang, knowledge=knowledge) == []


def test_whatever_is_offerable_has_a_title(knowledge):
    assert set(knowledge.acts) >= OFFERABLE_ACTS
    for act, lang in product(OFFERABLE_ACTS, Lang):
        assert said(knowledge, act, lang=lang, outcome=Outcome.OFFERED).buttons[0].title


def test_an_offer_is_no_misunderstanding(knowledge):
    offered = turn("returns_how", "refund_how", outcome=Outcome.OFFERED, misunderstood=1)
    assert reply(offered, knowledge=knowledge).misunderstood == 0


@every_lang
def test_the_second_misunderstanding_in_a_row_shows_the_way_to_a_person(knowledge, lang):
    first = reply(turn(lang=lang), knowledge=knowledge)
    second = reply(turn(lang=lang, misunderstood=first.misunderstood), knowledge=knowledge)
    assert (first.misunderstood, second.misunderstood) == (1, 2)
    assert first.utterances[0].text != second.utterances[0].text
    assert {"intent": "talk_to_human"} in meanings(first.utterances[0])
    assert meanings(second.utterances[0]) == [
        {"intent": "talk_to_human"},
        {"intent": "open_ticket"},
    ]


@every_lang
def test_none_of_these_shows_the_way_to_a_person_at_once(knowledge, lang):
    button = {"intent": NONE_OF_THESE}
    decision = pressed(button, known=frozenset(knowledge.questions))
    answer = reply(turn(lang=lang, outcome=decision.outcome, button=button), knowledge=knowledge)
    again = reply(turn(lang=lang, misunderstood=1), knowledge=knowledge)
    assert answer.utterances == again.utterances
    assert answer.misunderstood == 1


def test_an_answer_ends_the_row_of_misunderstandings(knowledge):
    assert reply(turn("greet", misunderstood=5), knowledge=knowledge).misunderstood == 0


def test_an_answered_turn_without_an_intent_is_not_understood(knowledge):
    strange = turn(outcome=Outcome.ANSWERED)
    assert reply(strange, knowledge=knowledge).misunderstood == 1


@every_place
def test_topics_are_browsed_in_their_order_down_to_an_answer(knowledge, shop, lang):
    menu = said(knowledge, "help", shop=shop, lang=lang)
    in_order = sorted(knowledge.topics.values(), key=lambda topic: topic.position)
    assert meanings(menu) == [{"topic": topic.id} for topic in in_order]
    asked = set()
    for topic, button in zip(in_order, menu.buttons, strict=True):
        questions = said(knowledge, "help", shop=shop, lang=lang, button=button.meaning)
        assert topic.title[lang] in questions.text
        assert meanings(questions) == [
            *({"intent": id} for id in topic.questions),
            {"intent": "help"},
        ]
        assert faults(questions, shop=shop, lang=lang, knowledge=knowledge) == []
        for question in questions.buttons[:-1]:
            asked.add(question.meaning["intent"])
            assert said(knowledge, question.meaning["intent"], shop=shop, lang=lang).text
    assert asked == set(knowledge.questions)


def test_a_topic_that_is_gone_leads_to_the_menu(knowledge):
    assert said(knowledge, "help", button={"topic": "gone"}) == said(knowledge, "help")


@every_place
def test_a_greeting_offers_the_shops_top_questions(knowledge, shop, lang):
    top = knowledge.shops[shop].top_questions
    assert meanings(said(knowledge, "greet", shop=shop, lang=lang)) == [
        *({"intent": id} for id in top),
        {"intent": "help"},
    ]


def test_a_faq_without_the_complaints_question_still_answers_anger(knowledge):
    kept = {id: q for id, q in knowledge.questions.items() if id != "complaint_how"}
    utterance = said(replace(knowledge, questions=frozen(kept)), "frustrated")
    assert meanings(utterance) == [{"intent": "talk_to_human"}]


def test_what_a_shopper_writes_is_never_repeated(knowledge):
    marker = "زرافه‌نشان {shop}"
    for intent in knowledge.acts:
        assert "زرافه" not in said(knowledge, intent, text=marker).text


@settings(deadline=None)
@given(data=st.data())
def test_no_turn_is_left_without_a_word(knowledge, data):
    ids = sorted({*knowledge.questions, *knowledge.acts})
    outcome = data.draw(st.sampled_from(Outcome))
    intents = data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
    shop, lang = data.draw(st.sampled_from(SHOPS)), data.draw(st.sampled_from(list(Lang)))
    answer = reply(
        Turn(
            text=data.draw(st.text(max_size=30)),
            lang=lang,
            outcome=outcome,
            intents=tuple(intents),
            shop=shop,
            now=data.draw(st.sampled_from(list(MOMENTS.values()))),
            button=data.draw(
                st.sampled_from([{}, {"topic": "returns"}, {"language": "ar"}, {"intent": "gone"}])
            ),
            misunderstood=data.draw(st.integers(0, 3)),
        ),
        knowledge=knowledge,
    )
    assert answer.utterances
    for utterance in answer.utterances:
        found = faults(utterance, shop=shop, lang=answer.lang, knowledge=knowledge, languages=True)
        assert found == []


@every_lang
def test_several_questions_are_answered_one_message_each_in_their_order(knowledge, lang):
    answered = reply(
        turn("returns_how", "delivery_cost", lang=lang), knowledge=knowledge
    ).utterances
    alone = [said(knowledge, id, lang=lang) for id in ("returns_how", "delivery_cost")]
    assert [utterance.text for utterance in answered] == [one.text for one in alone]


def test_a_question_answered_in_the_same_turn_is_no_related_one(knowledge):
    first, _ = reply(turn("returns_how", "returns_cost"), knowledge=knowledge).utterances
    assert {"intent": "returns_cost"} in meanings(said(knowledge, "returns_how"))
    assert {"intent": "returns_cost"} not in meanings(first)
