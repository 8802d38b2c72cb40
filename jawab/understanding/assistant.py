"""The assistant without servers: understanding and replies in one process, for the command line and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jawab.knowledge import Knowledge, load
from jawab.text.ellipsis import sides
from jawab.text.language import Lang
from jawab.understanding.archive import latest_archive, load_understander
from jawab.understanding.buttons import pressed
from jawab.understanding.decision import Candidate, still_known
from jawab.understanding.followup import Topic, in_context
from jawab.understanding.model import Understander
from jawab.understanding.reply import Reply, Turn, reply

SHOWN_CANDIDATES = 3


class UnknownShop(LookupError):
    """No profile of that name."""


@dataclass(frozen=True)
class Assistant:
    """A trained understander and the knowledge it answers from."""

    understander: Understander
    knowledge: Knowledge

    @property
    def ids(self) -> frozenset[str]:
        """All catalogue ids: questions and dialogue acts."""
        return frozenset(self.knowledge.questions) | frozenset(self.knowledge.acts)

    @classmethod
    def load(cls, root: Path, *, cache: Path) -> Assistant:
        """Load data/ and the newest model of the project at ``root``."""
        knowledge = load(root)
        archive = latest_archive(root / "models")
        return cls(load_understander(archive, cache=cache), knowledge)

    def reply_to(
        self,
        text: str,
        *,
        now: datetime,
        prior: Lang | None = None,
        shop: str | None = None,
        button: Mapping[str, str] | None = None,
        misunderstood: int = 0,
        topic: Topic | None = None,
    ) -> tuple[Turn, Reply]:
        """Understand ``text`` and answer it; without ``prior`` the shop's language is the first guess.

        A short question is read in the light of ``topic``, the question answered last.
        """
        shop = shop or next(iter(self.knowledge.shops))
        if shop not in self.knowledge.shops:
            known = ", ".join(self.knowledge.shops)
            raise UnknownShop(f"there is no shop {shop!r} in data/shops; known are {known}")
        understood = self.understander.understand(
            text, prior=prior or self.knowledge.shops[shop].language
        )
        ranking, decision = understood.ranking, still_known(understood.decision, self.ids)
        if button:
            decision = pressed(button, known=self.ids)
            ranking = tuple(Candidate(intent, 1.0) for intent in decision.intents)
        turn = Turn(
            text=text,
            lang=understood.analysis.lang,
            outcome=decision.outcome,
            intents=decision.intents,
            shop=shop,
            now=now,
            confidence=ranking[0].confidence if ranking else 0.0,
            candidates=ranking[:SHOWN_CANDIDATES],
            button=button or {},
            misunderstood=misunderstood,
        )
        turn = in_context(
            turn, sides=sides(understood.analysis), topic=topic, knowledge=self.knowledge
        )
        return turn, reply(turn, knowledge=self.knowledge)

    @staticmethod
    def as_json(turn: Turn, answer: Reply) -> dict[str, Any]:
        """Return the form that `jawab ask --json` prints.

        ``intent`` is null when none was sure enough, and the first one when several questions were answered.
        """
        return {
            "lang": turn.lang.value,
            "intent": next(iter(turn.answered), None),
            "intents": list(turn.answered),
            "confidence": round(turn.confidence, 4),
            "outcome": turn.outcome.value,
            "candidates": [
                {"intent": c.intent, "confidence": round(c.confidence, 4)} for c in turn.candidates
            ],
            "replies": [
                {"text": u.text, "buttons": [{"title": b.title} for b in u.buttons]}
                for u in answer.utterances
            ],
        }
