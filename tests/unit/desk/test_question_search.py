"""A question is found by words of its title or of those who ask it, and a patch is read line by line."""

import pytest

from jawab.desk.keywords import Keywords
from jawab.desk.owner.patches import PatchLine, patch_lines
from jawab.desk.owner.question_search import questions_like


@pytest.fixture(scope="module")
def keywords(knowledge):
    return Keywords(knowledge)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("هزینه پس فرستادن", "returns_cost"),
        ("هزينه پس فرستادن كالا", "returns_cost"),  # Arabic letters
        ("تكلفة الإرجاع", "returns_cost"),
        ("who pays for a return", "returns_cost"),
        ("چطور کالا را مرجوع کنم", "returns_how"),
    ],
)
def test_the_question_whose_title_has_the_words_comes_first(text, id, knowledge, keywords):
    assert questions_like(text, knowledge, keywords, most=3)[0] == id


def test_words_of_no_question_find_none(knowledge, keywords):
    assert questions_like("qqqq zzzz", knowledge, keywords, most=3) == ()


def test_a_patch_is_shown_without_its_head():
    patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@ key:\n one\n-two\n+سه\n+---\n\\ No newline at end of file\n"
    assert patch_lines(patch) == (
        PatchLine("gap", "", "-1,2 +1,3"),
        PatchLine("kept", "", "one"),
        PatchLine("removed", "-", "two"),
        PatchLine("added", "+", "سه"),
        PatchLine("added", "+", "---"),
    )
