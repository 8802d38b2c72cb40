"""What each part of the understanding is worth: the whole pipeline, and the pipeline with one thing changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from benchmarks.noise import typo
from benchmarks.seen import (
    as_it_is,
    not_transliterated,
    one_sound,
    read_once,
    unfolded,
    with_stems,
)
from jawab.text.analysis import Analysis, analyze
from jawab.understanding.classifier import Committee
from jawab.understanding.features import Features
from jawab.understanding.ngrams import NgramVectorizer
from jawab.understanding.settings import PipelineSettings
from jawab.understanding.whitening import Whitening

Vectors = NDArray[np.float32]
NOTHING = (2, 1)
"""A range of lengths that holds none."""
ALWAYS = 10**6
FOLDS = 3
WEIGHTS = (0.5, 1.0, 2.0)
"""Of vectors against n-grams: what the folds may choose from."""


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


Guess = Callable[[Rows], list[str]]
Learn = Callable[[Rows], Guess]


@dataclass(frozen=True)
class Variant:
    """One way to understand: ``settings`` of the pipeline, how the text is ``seen`` before its n-grams are counted,
    and what becomes of the examples, ``taught``, before they are learnt from.
    """

    name: str
    settings: PipelineSettings
    seen: Callable[[Analysis], Analysis] = as_it_is
    taught: Callable[[Rows], Rows] = lambda rows: rows

    def learn(self, rows: Rows) -> Guess:
        """Learn from ``rows`` and return what tells the likeliest intent of others."""
        rows = self.taught(rows)
        vectorizer = NgramVectorizer(self.settings.ngrams)
        seen = [self.seen(analysis) for analysis in rows.analyses]
        vectorizer.fit(seen)
        committee = Committee(self.settings.classifier)
        committee.fit(self._features(vectorizer, seen, rows.vectors), rows.intents)

        def guess(asked: Rows) -> list[str]:
            seen = [self.seen(analysis) for analysis in asked.analyses]
            scores = committee.probabilities(self._features(vectorizer, seen, asked.vectors))
            return [committee.labels[place] for place in scores.argmax(axis=1)]

        return guess

    def _features(
        self, vectorizer: NgramVectorizer, analyses: Sequence[Analysis], vectors: Vectors
    ) -> Features:
        return Features.of(
            vectorizer.transform(analyses), vectors if self.settings.vectors else None
        )


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
        Variant("Finglish, Arabizi not transliterated", whole, not_transliterated),
        Variant("stems beside the words", whole, with_stems),
        Variant("letters of one sound in one", whole, one_sound),
        Variant("each example also with a typo", whole, taught=also_with_typos),
        voters("vectors not whitened", whitened=False),
        voters("one softmax over all intents", few_an_intent=ALWAYS),
        committee("the committee of many examples"),
        committee("linear machines alone", networks=0, linear_up_to=ALWAYS),
        committee("one network alone", networks=1, linear_up_to=0),
        committee("three networks, no linear machines", linear_up_to=0),
        committee("a committee of twice the hidden units", units=2 * whole.classifier.units),
    ]


def ways(whole: PipelineSettings) -> dict[str, Learn]:
    """Return every way to learn that is compared, the whole pipeline first."""

    def chosen(rows: Rows) -> Guess:
        return Variant("", chosen_by_folds(whole, rows)).learn(rows)

    return {
        **{variant.name: variant.learn for variant in variants(whole)},
        "vectors' weight chosen by three folds": chosen,
        "the nearest example alone": nearest,
        "the five nearest examples": lambda rows: nearest(rows, most=5),
    }


def also_with_typos(rows: Rows) -> Rows:
    """Return the examples twice, the second time with one typo each, beside the vector of what was meant."""
    chance = random.Random(5)  # noqa: S311
    noisy = [analyze(typo(each.raw, chance), prior=each.lang) for each in rows.analyses]
    return Rows(
        [*rows.analyses, *noisy],
        [*rows.intents, *rows.intents],
        np.concatenate([rows.vectors, rows.vectors]),
    )


def chosen_by_folds(whole: PipelineSettings, rows: Rows) -> PipelineSettings:
    """Return the settings with the weight of the vectors that reaches most in folds of ``rows``."""

    def weighted(weight: float) -> PipelineSettings:
        return replace(whole, classifier=replace(whole.classifier, vectors_weight=weight))

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    parts = list(folds.split(np.zeros(len(rows.intents)), rows.intents))

    def hits(weight: float) -> int:
        right = 0
        for learn, hold in parts:
            asked = rows.take(hold)
            guess = Variant("", weighted(weight)).learn(rows.take(learn))
            right += sum(a == b for a, b in zip(guess(asked), asked.intents, strict=True))
        return right

    return weighted(max(WEIGHTS, key=hits))


def nearest(taught: Rows, *, most: int = 1) -> Guess:
    """Return what gives each message the intent for which the ``most`` examples of the nearest whitened vectors say most."""
    whitening = Whitening.fit(taught.vectors)
    names = sorted(set(taught.intents))
    number = np.array([names.index(intent) for intent in taught.intents])
    known = whitening.apply(taught.vectors)

    def guess(asked: Rows) -> list[str]:
        likeness = whitening.apply(asked.vectors) @ known.T
        near = np.argsort(-likeness, axis=1, kind="stable")[:, :most]
        said = np.zeros((len(near), len(names)), dtype=np.float32)
        for place in near.T:
            row = np.arange(len(near))
            said[row, number[place]] += np.maximum(likeness[row, place], 0) + 1e-6
        return [names[place] for place in said.argmax(axis=1)]

    return guess
