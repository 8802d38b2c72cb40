"""Two or three questions in one message: each part that is by itself a sure question of the FAQ gets its own answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from jawab.text.analysis import Analysis, analyze
from jawab.text.clauses import Asking, Cut, Seam, cuts, heart
from jawab.understanding.decision import OUT_OF_SCOPE, Candidate, Decision, Outcome

Ranking = tuple[Candidate, ...]
Ranker = Callable[[Sequence[Analysis]], Sequence[Ranking]]

MOST_QUESTIONS: Final = 3
PLEASANTRIES: Final = frozenset({"greet", "goodbye", "thanks", "affirm", "deny"})
_MOST_CUTS: Final = 6
"""Places that are tried; each costs the reading of two parts."""


@dataclass(frozen=True)
class SplitThresholds:
    """How likely both parts must be for a message to be cut at a place, by what the place shows.

    ``marked``: a question mark in either part and a sentence's or line's end between them. The whole message's ranking
    helps there, counted ``whole``: a part such as "and how do I cancel it?" leans on what stands before it.
    ``alone``: how likely the sentences that ask must be by themselves to go before the pleasantries around them.
    """

    marked: float = 0.4
    sentence: float = 0.8
    joined: float = 0.6
    comma: float = 0.9
    added: float = 0.85
    whole: float = 0.5
    alone: float = 0.6


def every_question(
    analysis: Analysis,
    ranking: Ranking,
    decision: Decision,
    *,
    rank: Ranker,
    acts: frozenset[str],
    thresholds: SplitThresholds = SplitThresholds(),
) -> tuple[Ranking, Decision]:
    """Return ranking and decision of a message, with all its questions in their order where it asks several.

    :param rank: ranks the intents of parts of the message.
    :param acts: the ids that are dialogue acts: a greeting or thanks around a question is no second question.
    """
    ranking, decision = _question_before_all(
        analysis, ranking, decision, _Reader(rank, acts, thresholds)
    )
    asked = _asked(analysis, ranking, _Reader(rank, acts, thresholds), MOST_QUESTIONS)
    if len(asked) < 2:
        return ranking, decision
    intents = tuple(candidate.intent for candidate in asked)
    rest = tuple(candidate for candidate in ranking if candidate.intent not in intents)
    return (*asked, *rest), Decision(Outcome.ANSWERED, intents)


def _question_before_all(
    analysis: Analysis, ranking: Ranking, decision: Decision, reader: _Reader
) -> tuple[Ranking, Decision]:
    """Read the sentences that ask by themselves where pleasantries or a story hide the question."""
    hidden = decision.outcome is not Outcome.ANSWERED or decision.intents[0] in PLEASANTRIES
    if not hidden or not ranking or ranking[0].intent == OUT_OF_SCOPE:
        return ranking, decision
    question = heart(analysis)
    if question is None:
        return ranking, decision
    (alone,) = reader.rank([analyze(question, prior=analysis.lang)])
    if alone[0].intent in reader.acts or alone[0].confidence < reader.thresholds.alone:
        return ranking, decision
    return alone, Decision(Outcome.ANSWERED, (alone[0].intent,))


@dataclass(frozen=True)
class _Reader:
    rank: Ranker
    acts: frozenset[str]
    thresholds: SplitThresholds


def _asked(
    analysis: Analysis, ranking: Ranking, reader: _Reader, most: int
) -> tuple[Candidate, ...]:
    """Return the questions of a message in order; none when it cannot be cut."""
    tried = sorted(
        (cut for cut in cuts(analysis) if _required(cut, reader.thresholds) is not None),
        key=lambda cut: (-min(cut.first, cut.second), cut.at),
    )[:_MOST_CUTS]
    parts = [
        analyze(text, prior=analysis.lang)
        for cut in tried
        for text in (analysis.raw[cut.start : cut.at], analysis.raw[cut.at :])
    ]
    if not parts:
        return ()
    read = _Parts(parts, reader)
    best: tuple[float, int, Candidate, Candidate] | None = None
    for number, cut in enumerate(tried):
        pair = _pair(cut, 2 * number, read, ranking)
        if pair is not None:
            sureness = pair[0].confidence * pair[1].confidence
            if best is None or sureness > best[0]:
                best = (sureness, 2 * number, *pair)
    if best is None:
        return ()
    _, at, first, second = best
    found = [first, second]
    if most > 2:
        found = [
            *(_asked(parts[at], read[at], reader, 2) or (first,)),
            *(_asked(parts[at + 1], read[at + 1], reader, 2) or (second,)),
        ]
    return tuple({candidate.intent: candidate for candidate in reversed(found)}.values())[::-1][
        :most
    ]


class _Parts:
    """Parts of a message, each ranked when somebody first asks for it: an encoder may have to read it."""

    def __init__(self, parts: Sequence[Analysis], reader: _Reader) -> None:
        self.parts = parts
        self.reader = reader
        self._rankings: dict[int, Ranking] = {}

    def __getitem__(self, at: int) -> Ranking:
        if at not in self._rankings:
            (self._rankings[at],) = self.reader.rank([self.parts[at]])
        return self._rankings[at]

    def shortest_first(self, at: int) -> list[int]:
        """Return ``at`` and the part after it, the one that is read sooner first."""
        return sorted((at, at + 1), key=lambda each: len(self.parts[each].raw))


def _pair(cut: Cut, at: int, read: _Parts, whole: Ranking) -> tuple[Candidate, Candidate] | None:
    """Return the questions of the parts ``at`` and after it; the second is not read where the first is none."""
    thresholds = read.reader.thresholds
    required = _required(cut, thresholds)
    if required is None:
        return None
    found: dict[int, Candidate] = {}
    for each in read.shortest_first(at):
        ranking = read[each]
        if _is_marked(cut):
            ranking = tuple(_leaning(ranking, whole, thresholds.whole))
        found[each] = ranking[0]
        if ranking[0].intent in read.reader.acts or ranking[0].confidence < required:
            return None
    first, second = found[at], found[at + 1]
    return None if first.intent == second.intent else (first, second)


def _leaning(part: Ranking, whole: Ranking, weight: float) -> Iterator[Candidate]:
    """Yield a part's candidates helped by the whole message's ranking; alone it may look out of scope."""
    of_whole = {candidate.intent: candidate.confidence for candidate in whole}
    known = [candidate for candidate in part if candidate.intent != OUT_OF_SCOPE] or list(part)
    for candidate in known:
        helped = candidate.confidence + weight * of_whole.get(candidate.intent, 0.0)
        yield Candidate(candidate.intent, min(helped, 1.0))


def _is_marked(cut: Cut) -> bool:
    return cut.seam in (Seam.MARK, Seam.LINE) and min(cut.first, cut.second) is Asking.BY_MARK


def _required(cut: Cut, thresholds: SplitThresholds) -> float | None:
    """Return how likely both parts must be; None where no second question can begin."""
    if not (cut.first and cut.second):
        return thresholds.added if cut.adds else None
    if _is_marked(cut) or cut.seam is Seam.LINE:
        return thresholds.marked
    by_seam = {
        Seam.MARK: thresholds.sentence,
        Seam.JOIN: thresholds.joined,
        Seam.COMMA: thresholds.comma,
    }
    return by_seam[cut.seam]
