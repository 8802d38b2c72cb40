"""A question's draft, written by a person: what a group of messages alone cannot tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from jawab.learning.proposal import LearningError, NewExample, NewQuestion, Proposal
from jawab.text.language import Lang


def read_draft(file: Path) -> Any:
    """Return what stands in a draft's file; `LearningError` when it cannot be read."""
    try:
        return yaml.safe_load(file.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise _unreadable(str(file), error) from error


def drafted(
    document: Any, question: str, examples: Sequence[NewExample], *, source: str
) -> Proposal:
    """Return the new question of a draft with a group's examples beside the draft's own.

    The draft has `topic`, and `title`, `answer` and `examples` (by language, then variety) as data/faq has them.
    `LearningError` when it cannot be read so; `source` is what it is called then.
    """
    try:
        own = [
            NewExample(text.strip(), Lang(lang), variety)
            for lang, varieties in (document.get("examples") or {}).items()
            for variety, block in varieties.items()
            for text in block.splitlines()
            if text.strip()
        ]
        new = NewQuestion(
            str(document["topic"]), _by_lang(document["title"]), _by_lang(document["answer"])
        )
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise _unreadable(source, error) from error
    return Proposal(question, (*examples, *own), new)


def _unreadable(source: str, error: Exception) -> LearningError:
    return LearningError(
        f"{source}: not the draft of a question ({error}); it has topic, title, answer and examples"
    )


def _by_lang(texts: Any) -> dict[Lang, str]:
    return {Lang(lang): str(text) for lang, text in texts.items()}
