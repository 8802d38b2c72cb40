"""`jawab chat`: a talk in the terminal."""

from __future__ import annotations

import pytest

from .small_project import chat, run


@pytest.mark.parametrize("one", ["1", "۱", "١"], ids=["ASCII", "Persian", "Arabic"])
def test_a_typed_number_presses_a_button(project, one):
    said = chat(project, "چگونه کالا را مرجوع کنم", one, "")
    assert "  1. ساعت کار پشتیبانی" in said
    assert "بازارک: " in said


@pytest.mark.parametrize(
    "typed",
    ["7", "0", "²", "9" * 5000, "12345678"],
    ids=["too high", "zero", "no decimal", "endless", "an order number"],
)
def test_a_number_that_is_no_buttons_is_a_message(project, typed):
    said = chat(project, "چگونه کالا را مرجوع کنم", typed, "")
    assert said.count("> ") == 3
    assert "بازارک: " not in said


@pytest.mark.parametrize("end", ["\n", ""], ids=["an empty line", "Ctrl-D"])
def test_the_chat_ends(project, end):
    assert chat(project, "سلام", end=end).count("> ") == 2


def test_letters_are_left_as_they_are_for_terminals_that_join_them(project):
    assert "بازارک برگردانید" in chat(project, "چگونه کالا را مرجوع کنم", "")


@pytest.mark.parametrize("options", [(), ("--shape",)], ids=["by default", "asked for"])
def test_letters_are_joined_and_ordered_for_terminals_that_do_not(project, options):
    said = chat(project, "چگونه کالا را مرجوع کنم", "", options=options)
    assert "بازارک" not in said
    assert any("\ufb50" <= letter <= "\ufefc" for letter in said)


def test_the_language_of_the_talk_goes_on(project):
    said = chat(project, "when are you open", "؟؟؟", "")
    assert "Sorry, I didn't quite get that" in said.split("> ")[2]


def test_the_second_misunderstanding_is_told_otherwise(project):
    _, first, second, _ = chat(project, "؟؟؟", "؟؟؟", "").split("> ")
    assert first != second


def test_a_chat_with_an_unknown_shop_fails(project):
    result = run(project, "chat", "--shop", "nope", typed="hi\n")
    assert result.exit_code == 1
    assert "'nope'" in result.stderr
