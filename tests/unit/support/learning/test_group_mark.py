"""A group is known again by its messages, whoever made groups of them since."""

from datetime import datetime, timezone

from jawab.support.learning.mark import Mark, MarkKind, NewMark, Standings

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)


def mark(id, *messages, kind=MarkKind.QUESTION):
    return Mark(id, NewMark(kind, messages, ("souq",)), 1, "سارا", NOW)


def standing(messages, marks):
    return Standings(marks).of(messages)


def test_without_a_mark_of_its_messages_a_group_is_undecided():
    assert standing({1, 2}, []).mark is None
    assert standing({1, 2}, [mark(1, 3, 4)]).mark is None
    assert not standing({1, 2}, []).decided


def test_a_marked_group_is_decided_until_messages_come():
    marks = [mark(1, 1, 2)]
    assert standing({1, 2}, marks).decided
    grown = standing({1, 2, 3}, marks)
    assert (grown.mark.id, grown.new, grown.decided) == (1, 1, False)


def test_the_mark_that_covers_most_counts_and_of_equals_the_later():
    marks = [mark(1, 1, 2, 3), mark(2, 3, 4), mark(3, 1, 2, 3, 9)]
    assert standing({1, 2, 3}, marks).mark.id == 3
    assert standing({3, 4}, marks).mark.id == 2


def test_a_mark_that_is_taken_back_counts_no_more():
    marks = [mark(1, 1, 2), mark(2, 1, 2, kind=MarkKind.NONE)]
    assert standing({1, 2}, marks).mark is None
    assert standing({1, 2}, [*marks, mark(3, 1, 2)]).mark.id == 3


def test_of_many_groups_each_is_known_by_its_own_marks():
    standings = Standings(mark(n + 1, 3 * n, 3 * n + 1) for n in range(1000))
    found = [standings.of((3 * n, 3 * n + 1, 3 * n + 2)) for n in range(2000)]
    assert [one.mark.id for one in found[:1000]] == list(range(1, 1001))
    assert {one.new for one in found[:1000]} == {1}
    assert not any(one.mark for one in found[1000:])
