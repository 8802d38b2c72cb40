"""What each part of the understanding is worth: the whole pipeline, and the pipeline with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jawab.text.analysis import Analysis
from jawab.understanding.classifier import Committee
from jawab.understanding.features import Features
from jawab.understanding.ngrams import NgramVectorizer
from jawab.understanding.settings import PipelineSettings
from jawab.understanding.whitening import Whitening

Vectors = NDArray[np.float32]
NOTHING = (2, 1)
"""A range of lengths that holds none."""


@dataclass(frozen=True)
class Rows:
    """Messages, their intents, and the vectors that the encoder has for them."""

    analyses: Sequence[Analysis]
    intents: Sequence[str]
    vectors: Vectors

    def take(self, places: Sequence[int]) -> Rows:
        """Return some of the rows."""
        return Rows(
            [self.analyses[place] for place in places],
            [self.intents[place] for place in places],
            self.vectors[list(places)],
        )


@dataclass(frozen=True)
class Variant:
    """One way to understand: ``settings`` of the pipeline, and how the text is seen before its n-grams are counted."""

    name: str
    settings: PipelineSettings
    seen: Callable[[Analysis], Analysis] = lambda analysis: analysis

    def guesses(self, taught: Rows, asked: Rows) -> list[str]:
        """Learn from ``taught`` and return the likeliest intent of each row of ``asked``."""
        vectorizer = NgramVectorizer(self.settings.ngrams)
        learn = [self.seen(analysis) for analysis in taught.analyses]
        vectorizer.fit(learn)
        committee = Committee(self.settings.classifier)
        committee.fit(self._features(vectorizer, learn, taught.vectors), taught.intents)
        seen = [self.seen(analysis) for analysis in asked.analyses]
        scores = committee.probabilities(self._features(vectorizer, seen, asked.vectors))
        return [committee.labels[place] for place in scores.argmax(axis=1)]

    def _features(
        self, vectorizer: NgramVectorizer, analyses: Sequence[Analysis], vectors: Vectors
    ) -> Features:
        return Features.of(
            vectorizer.transform(analyses), vectors if self.settings.vectors else None
        )


def unfolded(analysis: Analysis) -> Analysis:
    """Return the message as typed, in small letters: no folding, no transliteration, no second reading."""
    return replace(analysis, folded=analysis.raw.lower(), latin=False)


def read_once(analysis: Analysis) -> Analysis:
    """Return Finglish and Arabizi transliterated only, without the second reading as typed."""
    return replace(analysis, latin=False)


def variants(whole: PipelineSettings) -> list[Variant]:
    """Return the whole pipeline first, then one change each."""

    def ngrams(name: str, **changed: object) -> Variant:
        return Variant(name, replace(whole, ngrams=replace(whole.ngrams, **changed)))  # type: ignore[arg-type]

    def voters(name: str, **changed: object) -> Variant:
        return Variant(name, replace(whole, classifier=replace(whole.classifier, **changed)))  # type: ignore[arg-type]

    def committee(name: str, **changed: object) -> Variant:
        return voters(name, few_an_intent=0, **changed)

    return [
        Variant("the whole pipeline", whole),
        Variant("no sentence vectors", replace(whole, vectors=False)),
        ngrams("no n-grams", char_ngrams=NOTHING, word_ngrams=NOTHING),
        ngrams("no word n-grams", word_ngrams=NOTHING),
        ngrams("no character n-grams", char_ngrams=NOTHING),
        ngrams("character n-grams 2–5", char_ngrams=(2, 5)),
        Variant("text not folded", whole, unfolded),
        Variant("Finglish, Arabizi read once", whole, read_once),
        voters("vectors not whitened", whitened=False),
        committee("the committee of many examples"),
        committee("a linear machine alone", networks=0, linear_up_to=10**6),
        committee("one network alone", networks=1, linear_up_to=0),
        committee("a committee of twice the hidden units", units=2 * whole.classifier.units),
    ]


def nearest(taught: Rows, asked: Rows) -> list[str]:
    """Return for each message the intent of the example whose whitened vector is nearest."""
    whitening = Whitening.fit(taught.vectors)
    likeness = whitening.apply(asked.vectors) @ whitening.apply(taught.vectors).T
    return [taught.intents[place] for place in likeness.argmax(axis=1)]
