"""The development set measures what was never taught: no row stands, or nearly stands, among the examples."""

import pytest

from evaluation.leakage import Taught, all_taught, leaks, twins
from jawab.knowledge import Example, load
from jawab.text.language import Lang
from jawab.understanding.evaluation import Row, read_rows


def taught(text, intent, lang="fa", variety="colloquial"):
    return Taught(intent, Example(text, Lang(lang), variety))


def row(text, intent, lang="fa"):
    return Row(text, intent, Lang(lang), "colloquial")


@pytest.mark.parametrize(
    ("example", "asked"),
    [
        pytest.param(
            "بدون ثبت نام هم میشه خرید کرد", "بدون ثبت‌نام هم ميشه خريد كرد؟", id="folding"
        ),
        pytest.param("زنگ بزنم بهتره یا چت کنم", "زنگ بزنم بهتره یا چت کنمم", id="one letter"),
        pytest.param("قسطی هم میدین", "قسطی هم میدین؟", id="a question mark"),
    ],
)
def test_a_row_nearly_equal_to_an_example_leaks(example, asked):
    (leak,) = leaks([row(asked, "a")], [taught(example, "a")])
    assert leak.similarity >= 0.8
    assert not leak.exempt


def test_a_row_in_other_words_does_not_leak():
    known = [taught("چطوری اکانتم رو حذف کنم", "account_delete")]
    assert leaks([row("حسابمو کلا پاک کنید لطفا", "account_delete")], known) == []


def test_the_same_letters_in_another_language_do_not_leak():
    known = [taught("سلام عليكم جميعا", "greet", "ar")]
    assert leaks([row("سلام عليكم جميعا", "greet", "fa")], known) == []


@pytest.mark.parametrize(
    ("text", "intent", "lang", "exempt"),
    [
        pytest.param("سلام", "greet", "fa", True, id="a greeting"),
        pytest.param("شكرا", "thanks", "ar", True, id="thanks"),
        pytest.param("خیلی خیلی ممنون از لطفتان", "thanks", "fa", False, id="long thanks"),
        pytest.param("order late", "order_late", "en", False, id="a short question"),
    ],
)
def test_only_short_pleasantries_are_exempt(text, intent, lang, exempt):
    (leak,) = leaks([row(text, intent, lang)], [taught(text, intent, lang)])
    assert leak.exempt is exempt


def test_a_pleasantry_under_another_act_is_not_exempt():
    (leak,) = leaks([row("باشه", "affirm")], [taught("باشه", "thanks")])
    assert not leak.exempt


def test_near_duplicates_among_examples_are_found_once():
    known = [
        taught("کفشی که دیروز خریدم پاره بود کجا باید تحویلش بدهم", "returns_how"),
        taught("کفشی که دیروز خریدم پاره بود کجا باید تحویلش بدهم؟ ۲", "returns_how"),
        taught("سلام", "greet"),
        taught("سلام", "greet"),
    ]
    (pair,) = twins(known)
    assert (pair.one, pair.other) == (known[0], known[1])


def test_no_row_of_the_development_set_is_nearly_a_training_example(root):
    knowledge = load(root)
    known = set(knowledge.questions) | set(knowledge.acts)
    files = sorted((root / "evaluation" / "dev").glob("*.tsv"))
    rows = [row for file in files for row in read_rows(file, known=known)]
    found = [
        f"{leak.row.lang.value} {leak.row.intent}: {leak.row.text} = {leak.taught.example.text}"
        for leak in leaks(rows, all_taught(knowledge))
        if not leak.exempt
    ]
    assert found == [], (
        f"{len(found)} pairs leak (`python -m evaluation --leaks`); take the example, not the row, out"
    )
