"""What the benchmark says: the same to every system, each conversation in one language, never the same text again."""

from itertools import islice

from benchmarks.turns.script import MARKS, TURNS, Talk, talks
from jawab.text.language import Lang
from jawab.understanding.model import Labelled

ASKED = [
    Labelled(f"{lang.value} {number}", "returns_how", lang) for lang in Lang for number in range(12)
]
A_ROUND = 2 * len(Lang)


def said(number: int, *, seed: int = 1, mark: str = MARKS[0]) -> list[Talk]:
    return list(islice(talks(ASKED, seed=seed, mark=mark), number))


def test_every_system_hears_the_same_conversations():
    assert said(20) == said(20)
    assert said(20) != said(20, seed=2)


def test_a_conversation_keeps_to_one_language():
    for talk in said(A_ROUND):
        assert len(talk.texts) == TURNS
        assert all(text.startswith(talk.lang.value) for text in talk.texts)


def test_no_text_is_said_twice_in_many_rounds():
    texts = [text for talk in said(40 * A_ROUND) for text in talk.texts]
    assert len(set(texts)) == len(texts)


def test_two_systems_that_ask_one_process_never_say_the_same_text_nor_that_of_the_accuracy():
    rounds = [
        {text for talk in said(3 * A_ROUND, mark=mark) for text in talk.texts} for mark in MARKS
    ]
    asked = {row.text for row in ASKED}
    assert len(asked.union(*rounds)) == len(asked) + sum(map(len, rounds))
