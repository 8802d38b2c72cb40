"""Stock Rasa 3.6 projects of our own questions and answers, as anybody would write them after Rasa's documentation.

Each intent has a rule of its own and a plain response, the shop's answer; nothing of Jawab's code is in them. Stock Rasa
knows one language a model: the examples of all three are mixed, and it answers in Persian.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import yaml

from benchmarks.stock import as_rasa_writes, pipeline
from jawab.knowledge import Knowledge
from jawab.text.language import Lang
from jawab.understanding.decision import Outcome
from jawab.understanding.model import Labelled
from jawab.understanding.reply import Turn, reply

SHOP = "digikala"
CUSTOM_ACTION = "action_answer"
ANSWERS = "answers.json"
_NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
_ACTIONS = Path(__file__).with_name("stock_actions.py")


@dataclass(frozen=True)
class Kind:
    """A sort of stock project: its config.yml without the epochs, and whether a custom action answers."""

    name: str
    light: bool
    acts: bool

    def config(self, epochs: int) -> dict[str, Any]:
        """Return config.yml; only the default pipeline learns in epochs."""
        parts = (
            {"pipeline": _LIGHT, "policies": [{"name": "RulePolicy"}]}
            if self.light
            else {"pipeline": pipeline(epochs), "policies": _default_policies(epochs)}
        )
        return {"recipe": "default.v1", "assistant_id": "stock", "language": "fa", **parts}


DEFAULT = Kind("stock", light=False, acts=False)
LIGHT = Kind("light", light=True, acts=False)
ACTING = Kind("acting", light=True, acts=True)

_LIGHT = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "LogisticRegressionClassifier"},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]


def _default_policies(epochs: int) -> list[dict[str, Any]]:
    """Return what `rasa train` of Rasa 3.6 takes where config.yml names no policies."""
    learning = {"max_history": 5, "epochs": epochs}
    return [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", **learning},
        {"name": "TEDPolicy", **learning, "constrain_similarities": True},
    ]


def answers(knowledge: Knowledge) -> dict[str, str]:
    """Return the text that stock Rasa says for each intent: Jawab's own answer of one shop, in Persian."""
    return {
        intent: "\n".join(
            utterance.text
            for utterance in reply(
                Turn("", Lang.FA, Outcome.ANSWERED, (intent,), SHOP, _NOW), knowledge=knowledge
            ).utterances
        )
        for intent in (*knowledge.questions, *knowledge.acts)
    }


def files(
    kind: Kind, knowledge: Knowledge, *, epochs: int, examples: int | None = None
) -> dict[str, str]:
    """Return the project's files by name; with ``examples`` an intent has no more than so many."""
    said = answers(knowledge)
    asked = [
        (question.id, e) for question in knowledge.questions.values() for e in question.examples
    ]
    acted = [(act.id, e) for act in knowledge.acts.values() for e in act.examples]
    rows = [Labelled(example.text, intent, example.lang) for intent, example in asked + acted]
    steps = {intent: CUSTOM_ACTION if kind.acts else f"utter_{intent}" for intent in said}
    written = {
        "config.yml": _yaml(kind.config(epochs)),
        "domain.yml": _yaml(_domain(kind, said)),
        "nlu.yml": as_rasa_writes(rows if examples is None else _first(rows, examples)),
        "rules.yml": _yaml(
            {"version": "3.1", "rules": [_rule(i, a) for i, a in (steps | _FALLBACK).items()]}
        ),
        "credentials.yml": "rest:\n",
        "endpoints.yml": "",
    }
    if not kind.light:
        written["stories.yml"] = _yaml({"version": "3.1", "stories": _stories(steps)})
    if kind.acts:
        written[ANSWERS] = json.dumps(said, ensure_ascii=False)
        written["actions.py"] = _ACTIONS.read_text("utf-8")
    return written


def _first(rows: Sequence[Labelled], number: int) -> list[Labelled]:
    counted: Counter[str] = Counter()
    kept = []
    for row in rows:
        counted[row.intent] += 1
        if counted[row.intent] <= number:
            kept.append(row)
    return kept


_FALLBACK = {"nlu_fallback": "utter_not_understood"}


def _domain(kind: Kind, said: Mapping[str, str]) -> dict[str, Any]:
    responses = {"utter_not_understood": [{"text": "متوجه نشدم؛ لطفاً طور دیگری بپرسید."}]}
    if not kind.acts:
        responses |= {f"utter_{intent}": [{"text": text}] for intent, text in said.items()}
    return {
        "version": "3.1",
        "intents": [*said, "nlu_fallback"],
        "responses": responses,
        "actions": [CUSTOM_ACTION] if kind.acts else [],
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _rule(intent: str, action: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": action}]}


def _stories(steps: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return stories as `rasa init` has them: a greeting, what the visitor wants, and thanks."""
    return [
        {
            "story": intent,
            "steps": [
                step
                for said in ("greet", intent, "thanks")
                for step in ({"intent": said}, {"action": steps[said]})
            ],
        }
        for intent in steps
        if intent not in ("greet", "thanks")
    ]


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
