"""What the pages on what was not understood show, as values of their templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jawab.desk.moments import moment
from jawab.desk.owner.access import Form
from jawab.desk.owner.learner import Group, Groups
from jawab.desk.owner.learning_asked import Asked
from jawab.desk.owner.learning_words import LEARNING_WORDS
from jawab.desk.owner.question_search import questions_like
from jawab.desk.rendering import NATIVE_NAMES
from jawab.desk.services import Services
from jawab.desk.shops import in_order
from jawab.knowledge import Knowledge
from jawab.knowledge.phrases import digits
from jawab.support.learning.mark import Mark, MarkKind, Standing, Standings
from jawab.text.language import Lang

PART = 25
_IN_LIST, _IN_GROUP, _CHOSEN = 3, 40, 12
_FOUND = 8


@dataclass(frozen=True)
class Sent:
    """A form that decides nothing: what was typed, and the problem of each field."""

    form: Form
    problems: Mapping[str, str]


def listed(
    desk: Services, groups: Groups, marks: Iterable[Mark], asked: Asked, lang: Lang
) -> dict[str, Any]:
    """The groups of one part of the list, and whether there are more."""
    standings = Standings(marks)
    stood = [(group, standings.of(group.members)) for group in groups.all]
    wanted = [(group, how) for group, how in stood if asked.wants(group, how)]
    first = asked.part * PART
    return {
        "as_of": moment(groups.at, asked.served[0], lang),
        "groups": [_summary(desk, *each, asked, lang) for each in wanted[first : first + PART]],
        "more": len(wanted) > first + PART,
        "nothing_at_all": not groups.all,
    }


def looked_at(
    desk: Services,
    group: Group,
    marks: Iterable[Mark],
    asked: Asked,
    lang: Lang,
    *,
    query: str,
    sent: Sent | None,
) -> dict[str, Any]:
    """One group with its messages, the questions it may belong to, and the form of a new one."""
    examples = list(group.examples.items())[:_IN_GROUP]
    looked_for = query or " ".join(text for _, text in examples[:_IN_LIST])
    found = questions_like(looked_for, desk.knowledge, desk.keywords, most=_FOUND)
    chosen = sent.form.all("example") if sent else [str(id) for id, _ in examples[:_CHOSEN]]
    return {
        "group": _summary(desk, group, Standings(marks).of(group.members), asked, lang),
        "examples": [(str(id), text, str(id) in chosen) for id, text in examples],
        "hidden": len(group.examples) > len(examples),
        "members": ",".join(map(str, group.members)),
        "found": [(id, desk.knowledge.questions[id].title[lang]) for id in found],
        "picked": sent.form.one("question") if sent else (found[0] if found else ""),
        "topics": [(one.id, one.title[lang]) for one in in_order(desk.knowledge)],
        "query": query,
        "sent": sent,
    }


def _summary(
    desk: Services, group: Group, how: Standing, asked: Asked, lang: Lang
) -> dict[str, Any]:
    shop = asked.served[0]
    dates = dict.fromkeys(moment(at, shop, lang) for at in (group.oldest, group.newest))
    return {
        "id": group.id,
        "count": digits(len(group.members), lang),
        "dates": " – ".join(dates),
        "languages": [
            (NATIVE_NAMES[Lang(each)], digits(number, lang))
            for each, number in group.languages.items()
        ],
        "reasons": [
            (LEARNING_WORDS[f"why_{why}"][lang], digits(number, lang))
            for why, number in group.reasons.items()
        ],
        "texts": list(group.examples.values())[:_IN_LIST],
        "mark": decision(desk, how.mark, asked, lang) if how.mark else None,
        "new": digits(how.new, lang) if how.new else "",
    }


def decision(desk: Services, mark: Mark, asked: Asked, lang: Lang) -> dict[str, Any]:
    """A decision in words: what, by whom, when."""
    made = mark.made
    return {
        "id": mark.id,
        "kind": made.kind.value,
        "told": LEARNING_WORDS[f"kind_{made.kind.value}"][lang],
        "title": title_of(made.question, desk.knowledge, lang, draft=made.draft),
        "who": mark.who,
        "when": moment(mark.at, asked.served[0], lang),
        "proposes": mark.proposes,
        "applied": mark.applied_at is not None,
        "ignored": made.kind is MarkKind.IGNORED,
    }


def title_of(question: str | None, knowledge: Knowledge, lang: Lang, *, draft: Any = None) -> str:
    """A question's title, also of one that is a draft only or has gone; empty of none."""
    if draft:
        return str(draft["title"][lang.value])
    known = knowledge.questions.get(question or "")
    return known.title[lang] if known else question or ""
