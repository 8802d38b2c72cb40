"""data/dialogue/followups.yml: read whole, and every mistake told with file, id and remedy."""

from __future__ import annotations

from datetime import timedelta

import pytest

FILE = "data/dialogue/followups.yml"
GOOD = """\
memory: {turns: 2, minutes: 5}
sharper: [deadline]
sides:
  time: [contact_hours]
  deadline: []
after:
  returns_how: {time: contact_hours, deadline: returns_how}
"""


def test_a_project_without_the_file_goes_on_from_no_answer(project):
    followups = project.load().followups
    assert (followups.after, followups.sides) == ({}, {})


def test_the_table_of_follow_up_questions_is_read(project):
    project.write(FILE, GOOD)
    followups = project.load().followups
    assert followups.after["returns_how"] == {"time": "contact_hours", "deadline": "returns_how"}
    assert followups.sides["time"] == ("contact_hours",)
    assert followups.sharper == ("deadline",)
    assert (followups.turns, followups.lasting) == (2, timedelta(minutes=5))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("time: [contact_hours]", "time: [contact_ours]", "the file has the unknown question 'contact_ours' in sides.time; did you mean 'contact_hours'?"),
        ("returns_how: {", "return_how: {", "the file has the unknown question 'return_how' in after; did you mean 'returns_how'?"),
        ("{time: contact_hours", "{tim: contact_hours", "'returns_how' has the unknown side 'tim'; did you mean 'time'?"),
        ("deadline: returns_how", "deadline: 7", "'returns_how' has a number as deadline; put it in quotes as deadline"),
        ("sharper: [deadline]", "sharper: [dedline]", "the file has the unknown side 'dedline'; did you mean 'deadline'?"),
        ("turns: 2", "turns: two", "the file has 'two' as turns; write a whole number, for example 1"),
        ("memory:", "memry:", "the file has no memory; add memory"),
    ],
    ids=["side", "question", "side of an answer", "answer", "sharper", "turns", "key"],
)  # fmt: skip
def test_a_mistake_is_told_with_its_remedy(project, old, new, message):
    project.write(FILE, GOOD)
    project.edit(FILE, old, new)
    assert f"{FILE}: {message}" in project.messages()
