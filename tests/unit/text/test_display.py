"""Text for a terminal."""

import pytest

from jawab.text.display import for_terminal


def test_letters_are_joined_and_ordered():
    assert for_terminal("سلام", shape=True) == "\ufee1\ufefc\ufeb3"


def test_latin_words_keep_their_order_in_a_persian_line():
    assert "Jawab 12" in for_terminal("سلام Jawab 12", shape=True)


def test_lines_stay_lines():
    assert for_terminal("a\n\nb", shape=True) == "a\n\nb"


def test_a_terminal_that_shapes_gets_the_text_as_it_is():
    assert for_terminal("سلام دنیا", shape=False) == "سلام دنیا"


@pytest.mark.parametrize("shape", [True, False])
@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x07", "\ud800", "\x9b2J"])
def test_nothing_a_terminal_would_obey_is_left(text, shape):
    shown = for_terminal(text, shape=shape)
    assert not set(shown) & set("\x1b\x07\x9b")
    shown.encode("utf-8")
