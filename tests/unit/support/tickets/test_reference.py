"""New references, and what is wrong with one that cannot be."""

import pytest

from jawab.support.errors import UnreadableReference, WrongCheckSign
from jawab.support.tickets.reference import new, parse
from jawab.text.reference import LETTERS


def test_new_references_are_readable_and_different():
    made = {new() for _ in range(500)}
    assert len(made) > 490
    for reference in made:
        assert parse(reference) == reference
        assert reference[3] in LETTERS


def test_a_slip_is_told_apart_from_a_text_that_is_no_reference():
    with pytest.raises(WrongCheckSign):
        parse("JW-K73-W9F2")
    with pytest.raises(UnreadableReference) as refused:
        parse("12345678")
    assert not isinstance(refused.value, WrongCheckSign)
