"""A trained understanding: from a message to a ranking of intents and a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jawab.text.analysis import Analysis, analyze
from jawab.text.language import Lang
from jawab.understanding.classifier import Committee
from jawab.understanding.decision import Candidate, Decision, Thresholds, decide
from jawab.understanding.features import Features
from jawab.understanding.ngrams import NgramVectorizer
from jawab.understanding.questions import every_question
from jawab.understanding.sentence_vectors import sentence_vectors
from jawab.understanding.settings import PipelineSettings


@dataclass(frozen=True)
class Labelled:
    """One training example: a text, the intent it shows (a catalogue id), its language."""

    text: str
    intent: str
    lang: Lang


@dataclass(frozen=True)
class Understanding:
    """What a message was taken for."""

    analysis: Analysis
    ranking: tuple[Candidate, ...]
    decision: Decision

    @property
    def best(self) -> Candidate | None:
        """The likeliest intent, if any is known."""
        return self.ranking[0] if self.ranking else None


def has_words(analysis: Analysis) -> bool:
    """Whether there is anything to understand; digits, punctuation and emoji alone are no words."""
    return any(character.isalpha() for character in analysis.folded)


class Understander:
    """The pipeline of config.yml without Rasa around it.

    ``acts`` are the ids that are dialogue acts; the others are questions of the FAQ. ``vectors`` tells whether messages
    are read by the sentence encoder beside their n-grams.
    """

    def __init__(
        self,
        vectorizer: NgramVectorizer,
        classifier: Committee,
        *,
        vectors: bool,
        thresholds: Thresholds,
        acts: frozenset[str],
    ) -> None:
        self.vectorizer = vectorizer
        self.classifier = classifier
        self.vectors = vectors
        self.thresholds = thresholds
        self.acts = acts

    @classmethod
    def train(
        cls,
        examples: Sequence[Labelled],
        *,
        settings: PipelineSettings,
        acts: frozenset[str],
        vectors_cache: Path | None = None,
    ) -> Understander:
        """Learn from labelled examples; ``vectors_cache`` is a file that keeps their sentence vectors."""
        analyses = [analyze(example.text, prior=example.lang) for example in examples]
        vectorizer = NgramVectorizer(settings.ngrams)
        vectorizer.fit(analyses)
        classifier = Committee(settings.classifier)
        understander = cls(
            vectorizer,
            classifier,
            vectors=settings.vectors,
            thresholds=settings.thresholds,
            acts=acts,
        )
        features = understander.features(analyses, vectors_cache=vectors_cache)
        classifier.fit(features, [example.intent for example in examples])
        return understander

    def features(
        self, analyses: Sequence[Analysis], *, vectors_cache: Path | None = None
    ) -> Features:
        """Return one row of features a message."""
        ngrams = self.vectorizer.transform(analyses)
        if not self.vectors:
            return Features.of(ngrams)
        return Features.of(ngrams, sentence_vectors(analyses, cache=vectors_cache))

    def understand(self, text: str, *, prior: Lang) -> Understanding:
        """Return what ``text`` means; ``prior`` is the language when the text shows none.

        >>> understander.understand("چجوری پسش بدم؟", prior=Lang.FA).decision.intents
        ('returns_how',)
        >>> understander.understand("وين طلبي؟", prior=Lang.AR).decision.intents
        ('order_track',)
        """
        analysis = analyze(text, prior=prior)
        ranking = self.rank([analysis])[0] if has_words(analysis) else ()
        decision = decide(ranking, acts=self.acts, thresholds=self.thresholds)
        ranking, decision = every_question(
            analysis, ranking, decision, rank=self.rank, acts=self.acts
        )
        return Understanding(analysis, ranking, decision)

    def rank(self, analyses: Sequence[Analysis]) -> list[tuple[Candidate, ...]]:
        """Return the likeliest intents of each message, or part of one, likeliest first."""
        vectors_of = (
            (lambda rows: sentence_vectors([analyses[row] for row in rows]))
            if self.vectors
            else None
        )
        return self.classifier.rank(self.vectorizer.transform(analyses), vectors_of)

    @classmethod
    def load(cls, *, ngrams: Path, classifier: Path) -> Understander:
        """Read the parts written by :meth:`save` or by Rasa's components of the same pipeline."""
        document = json.loads((classifier / "decision.json").read_text("utf-8"))
        return cls(
            NgramVectorizer.load(ngrams),
            Committee.load(classifier),
            vectors=document["vectors"],
            thresholds=Thresholds(**document["thresholds"]),
            acts=frozenset(document["acts"]),
        )

    def save(self, folder: Path) -> None:
        """Write everything into ``folder``."""
        self.vectorizer.save(folder)
        self.classifier.save(folder)
        save_decision(folder, vectors=self.vectors, thresholds=self.thresholds, acts=self.acts)


def save_decision(
    folder: Path, *, vectors: bool, thresholds: Thresholds, acts: frozenset[str]
) -> None:
    """Write what turns features and a ranking into a decision."""
    document = {
        "vectors": vectors,
        "thresholds": asdict(thresholds),
        "acts": sorted(acts),
    }
    (folder / "decision.json").write_text(json.dumps(document), "utf-8")
