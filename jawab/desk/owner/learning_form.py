"""Reading what the owner decides about a group: a question it belongs to, a new one's draft, or that it is ignored."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from jawab.desk.owner.access import Form
from jawab.knowledge import Knowledge
from jawab.support.learning.mark import MarkKind, NewMark
from jawab.support.texts import storable
from jawab.text.language import Lang

LONGEST_TITLE, LONGEST_ANSWER, LONGEST_EXAMPLE = 120, 4000, 300
_ID = re.compile(r"[a-z][a-z0-9_]{2,63}")
# In what variety a made-up example is put, as with shoppers' own.
_VARIETY = {Lang.FA: "colloquial", Lang.AR: "noisy", Lang.EN: "chatty"}


class WrongDecision(Exception):
    """A form that decides nothing; `problems` names the problem of each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def read_decision(
    form: Form,
    knowledge: Knowledge,
    *,
    members: Collection[int],
    shops: tuple[str, ...],
    languages: Collection[str],
) -> NewMark:
    """The decision that a form stands for, about those of its messages that are the group's; `WrongDecision`."""
    messages = tuple(id for id in numbers(form.one("messages").split(",")) if id in set(members))
    examples = tuple(id for id in numbers(form.all("example")) if id in set(messages))
    if not messages:
        raise WrongDecision({"messages": "group_changed"})
    match form.one("do"):
        case "question":
            question = form.one("question")
            problems = {} if examples else {"example": "no_example_chosen"}
            if question not in knowledge.questions:
                problems["question"] = "question_missing"
            if problems:
                raise WrongDecision(problems)
            return NewMark(MarkKind.QUESTION, messages, shops, examples, question)
        case "new":
            question, draft = _draft(form, knowledge, languages if examples else ())
            return NewMark(MarkKind.NEW, messages, shops, examples, question, draft)
        case "ignored":
            return NewMark(MarkKind.IGNORED, messages, shops)
        case "none":
            return NewMark(MarkKind.NONE, messages, shops)
    raise WrongDecision({"do": "group_changed"})


def numbers(typed: Collection[str]) -> tuple[int, ...]:
    """The whole numbers among what was sent."""
    return tuple(
        int(each) for each in typed if each.isascii() and each.isdigit() and len(each) < 19
    )


def _draft(
    form: Form, knowledge: Knowledge, languages: Collection[str]
) -> tuple[str, dict[str, Any]]:
    problems: dict[str, str] = {}
    id, topic = form.one("id").strip(), form.one("topic")
    if not _ID.fullmatch(id):
        problems["id"] = "id_wrong"
    elif id in knowledge.questions or id in knowledge.acts:
        problems["id"] = "id_taken"
    if topic not in knowledge.topics:
        problems["topic"] = "topic_missing"
    title, answer, examples = {}, {}, {}
    for lang in Lang:
        title[lang.value] = " ".join(storable(form.one(f"title_{lang.value}")).split())
        answer[lang.value] = storable(form.one(f"answer_{lang.value}")).replace("\r", "").strip()
        example = " ".join(storable(form.one(f"example_{lang.value}")).split())
        if not 0 < len(title[lang.value]) <= LONGEST_TITLE:
            problems[f"title_{lang.value}"] = "title_wrong"
        if not 0 < len(answer[lang.value]) <= LONGEST_ANSWER:
            problems[f"answer_{lang.value}"] = "answer_missing"
        if len(example) > LONGEST_EXAMPLE or not (example or lang.value in languages):
            problems[f"example_{lang.value}"] = "example_missing"
        if example:
            examples[lang.value] = {_VARIETY[lang]: example}
    if problems:
        raise WrongDecision(problems)
    return id, {"topic": topic, "title": title, "answer": answer, "examples": examples}
