"""Short follow-ups: a question that leaves its topic unsaid is read in the light of the last answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from jawab.knowledge import Knowledge
from jawab.knowledge.followups import FollowUps
from jawab.understanding.decision import Candidate, Outcome
from jawab.understanding.reply import Turn

_CUE: Final = 1.0
"""What a word that asks for a side is worth beside the classifier's probabilities."""
_ENOUGH: Final = 0.5


@dataclass(frozen=True)
class Topic:
    """The question answered last, when that was, and how many turns have passed since."""

    question: str
    at: datetime
    turns: int = 0

    def written(self) -> dict[str, Any]:
        """Return the form that a tracker's slot keeps."""
        return {"question": self.question, "at": self.at.isoformat(), "turns": self.turns}

    @classmethod
    def read(cls, written: Any) -> Topic | None:
        """Read what :meth:`written` gave; anything else is no topic."""
        try:
            at = datetime.fromisoformat(written["at"])
            topic = cls(str(written["question"]), at, int(written["turns"]))
        except (LookupError, TypeError, ValueError):
            return None
        return topic if at.tzinfo is not None else None

    def is_open(self, now: datetime, followups: FollowUps) -> bool:
        """Whether a short question still goes on from it."""
        return self.turns < followups.turns and now - self.at <= followups.lasting


def in_context(
    turn: Turn, *, sides: Set[str] | None, topic: Topic | None, knowledge: Knowledge
) -> Turn:
    """Return the turn with the answer it asks for in the light of the topic; a turn that stands by itself stays.

    :param sides: what the message's words ask for, see :func:`jawab.text.ellipsis.sides`; None when it names a topic.
    """
    followups = knowledge.followups
    if topic is None or sides is None or turn.button or len(turn.answered) > 1:
        return turn
    if not topic.is_open(turn.now, followups):
        return turn
    found = meant(topic.question, sides=sides, ranking=turn.candidates, followups=followups)
    if found is None or found.intent not in knowledge.questions:
        return turn
    others = tuple(c for c in turn.candidates if c.intent != found.intent)
    return replace(
        turn,
        outcome=Outcome.ANSWERED,
        intents=(found.intent,),
        confidence=found.confidence,
        candidates=(found, *others),
        follows=topic.question,
    )


def meant(
    question: str, *, sides: Set[str], ranking: Sequence[Candidate], followups: FollowUps
) -> Candidate | None:
    """Return the question that answers a short one after ``question``, or None.

    The side with the most evidence wins: the probabilities of the questions that ask for it by their nature, and its
    words. Words alone are enough; without any the classifier must be sure.
    """
    answers = followups.after.get(question, {})
    evidence: Mapping[str, float] = {
        side: sum(c.confidence for c in ranking if c.intent in followups.sides.get(side, ()))
        + _CUE * (side in sides) * (2 if side in followups.sharper else 1)
        for side in answers
    }
    if not evidence:
        return None
    side = max(evidence, key=lambda each: evidence[each])
    if evidence[side] < _ENOUGH:
        return None
    return Candidate(answers[side], min(evidence[side], 1.0))


def remembered(turn: Turn, topic: Topic | None, knowledge: Knowledge) -> Topic | None:
    """Return the topic that the next turn may go on from."""
    questions = [intent for intent in turn.answered if intent in knowledge.questions]
    if questions:
        return Topic(questions[-1], turn.now)
    if topic is None or not topic.is_open(turn.now, knowledge.followups):
        return None
    return replace(topic, turns=topic.turns + 1)
