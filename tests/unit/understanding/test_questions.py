"""Several questions in one message, with a small understanding and with rankings written down."""

from __future__ import annotations

import pytest

from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.decision import Candidate, Decision, Outcome
from jawab.understanding.questions import every_question

ACTS = frozenset({"greet", "thanks", "out_of_scope"})
SURE = {"order": "order_track", "return": "returns_how", "hello": "greet", "pay": "payment_methods"}


def rank(analyses):
    """The intent of the last known word is likely; each one more in the same text makes it less so."""
    rankings = []
    for analysis in analyses:
        known = [SURE[word] for word in analysis.folded.split() if word in SURE]
        share = 0.9 / max(len(set(known)), 1)
        found = [Candidate(intent, share) for intent in dict.fromkeys(reversed(known))]
        rankings.append((*found, Candidate("out_of_scope", 0.1)))
    return rankings


def questions(text):
    analysis = analyze(text, prior=Lang.EN)
    (ranking,) = rank([analysis])
    whole = Decision(Outcome.ANSWERED, (ranking[0].intent,))
    return every_question(analysis, ranking, whole, rank=rank, acts=ACTS)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("where is my order? how do I return it?", ("order_track", "returns_how")),
        ("how do I return it and where is my order", ("returns_how", "order_track")),
        (
            "where is my order? how do I return it? how can I pay?",
            ("order_track", "returns_how", "payment_methods"),
        ),
        ("where is my order? where is that order?", ("order_track",)),
        ("where is my order? do you sell boats?", ("order_track",)),
        ("hello. where is my order?", ("order_track",)),
        ("where is my order? many thanks!", ("order_track",)),
        ("I sent my order by post. how do I return it?", ("returns_how",)),
    ],
)
def test_each_sure_question_is_answered_in_its_place(text, intents):
    ranking, decision = questions(text)
    assert decision == Decision(Outcome.ANSWERED, intents)
    assert ranking[0].intent == intents[0]


def test_every_intent_stands_once_in_the_ranking():
    ranking, _ = questions("where is my order? how do I return it?")
    assert len({candidate.intent for candidate in ranking}) == len(ranking)


def test_what_is_taught_is_understood_twice_in_one_message(understander):
    understood = understander.understand("sefaresham kojast? chetori pas bedam kala ro?", prior=Lang.FA)  # fmt: skip
    assert understood.decision.outcome is Outcome.ANSWERED
    assert understood.decision.intents[0] == "order_track"


def test_what_stands_beside_no_question_is_not_read_by_itself():
    analysis = analyze("where is my order? do you sell boats?", prior=Lang.EN)
    (ranking,) = rank([analysis])
    read = []

    def noted(parts):
        read.extend(part.raw.strip() for part in parts)
        return rank(parts)

    whole = Decision(Outcome.ANSWERED, (ranking[0].intent,))
    every_question(analysis, ranking, whole, rank=noted, acts=ACTS)
    assert read == ["do you sell boats?"]
