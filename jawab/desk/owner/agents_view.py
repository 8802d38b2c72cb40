"""What the page of agents' accounts shows, as values of its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jawab.desk.moments import moment
from jawab.desk.owner.access import Form
from jawab.desk.owner.agents_words import AGENTS_WORDS
from jawab.desk.rendering import NATIVE_NAMES
from jawab.desk.services import Services
from jawab.support.agents.agent import Role
from jawab.support.agents.audit import AuditLine
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

LINES = 100


@dataclass(frozen=True)
class Sent:
    """A form that cannot be kept: whose it is (0: a new account's), what was typed, the problem of each field."""

    agent_id: int
    form: Form
    problems: Mapping[str, str]


def shown(desk: Services, lang: Lang) -> dict[str, Any]:
    """The values of the template."""
    now, lifetime = desk.clock(), desk.settings.presence_lifetime
    first = next(iter(desk.knowledge.shops.values()))
    everybody = desk.agents.everybody()
    return {
        "everybody": everybody,
        "present": {one.id for one in everybody if one.is_present(now, lifetime=lifetime)},
        "roles": [role.value for role in Role],
        "queue_names": [queue.value for queue in Queue],
        "spoken": {each.value: name for each, name in NATIVE_NAMES.items()},
        "audit": [
            (moment(line.at, first, lang), line.who, line.login, _told(desk, line, lang))
            for line in desk.administration.audit(limit=LINES)
        ],
    }


def _told(desk: Services, line: AuditLine, lang: Lang) -> str:
    """A deed in words, with what it changed: "changed: Role Agent → Lead"."""
    deed = AGENTS_WORDS[f"deed_{line.deed.value}"][lang]
    parts = [
        f"{AGENTS_WORDS[field][lang]}: {_before(desk, field, before, lang)}{_value(desk, field, after, lang)}"
        for field, (before, after) in line.data.items()
    ]
    between = "; " if lang is Lang.EN else "؛ "
    return f"{deed} ({between.join(parts)})" if parts else deed


def _before(desk: Services, field: str, value: Any, lang: Lang) -> str:
    if value is None:
        return ""
    arrow = "→" if lang is Lang.EN else "←"
    return f"{_value(desk, field, value, lang)} {arrow} "


def _value(desk: Services, field: str, value: Any, lang: Lang) -> str:
    match field:
        case "role":
            return AGENTS_WORDS[f"role_{value}"][lang]
        case "name":
            return str(value)
        case "shops":
            names = [
                desk.knowledge.shops[shop].name[lang] if shop in desk.knowledge.shops else shop
                for shop in value
            ]
        case "queues":
            names = [AGENTS_WORDS[f"queue_{queue}"][lang] for queue in value]
        case _:
            names = [NATIVE_NAMES[Lang(each)] for each in value]
    return (", " if lang is Lang.EN else "، ").join(names) or AGENTS_WORDS["all"][lang]
