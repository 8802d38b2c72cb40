"""The pipeline's settings, read from Rasa's config.yml so that every way of training agrees."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from jawab.understanding.classifier import ClassifierSettings
from jawab.understanding.decision import Thresholds
from jawab.understanding.ngrams import NgramSettings


class PipelineError(ValueError):
    """config.yml's pipeline cannot be read as ours."""


@dataclass(frozen=True)
class PipelineSettings:
    """What config.yml says of features, classifier and decision.

    ``vectors`` tells whether SentenceVectorFeaturizer is in the pipeline.
    """

    ngrams: NgramSettings = field(default_factory=NgramSettings)
    vectors: bool = False
    classifier: ClassifierSettings = field(default_factory=ClassifierSettings)
    thresholds: Thresholds = field(default_factory=Thresholds)

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> PipelineSettings:
        """Read the ``pipeline:`` of a parsed config.yml."""
        try:
            parts = {str(part["name"]).rsplit(".", 1)[-1]: part for part in config["pipeline"]}
        except (LookupError, TypeError) as error:
            raise PipelineError(
                "config.yml: `pipeline:` must be a list of components, each with its `name:`"
            ) from error
        if "NgramFeaturizer" not in parts or "CatalogueClassifier" not in parts:
            raise PipelineError(
                "config.yml: the pipeline needs jawab.nlu.featurizers.NgramFeaturizer and "
                "jawab.nlu.classifier.CatalogueClassifier"
            )
        for name, component in parts.items():
            refuse_unknown(name, component)
        return cls(
            ngrams=ngram_settings(parts["NgramFeaturizer"]),
            vectors="SentenceVectorFeaturizer" in parts,
            classifier=ClassifierSettings(
                **chosen(ClassifierSettings, parts["CatalogueClassifier"])
            ),
            thresholds=Thresholds(**chosen(Thresholds, parts["CatalogueClassifier"])),
        )

    @classmethod
    def from_file(cls, path: Path) -> PipelineSettings:
        """Read the ``pipeline:`` of the config.yml at ``path``."""
        try:
            config = yaml.safe_load(path.read_text("utf-8"))
        except (OSError, ValueError, yaml.YAMLError) as error:
            raise PipelineError(f"{path}: cannot be read ({error})") from error
        return cls.from_config(config)


def known_settings(name: str) -> frozenset[str] | None:
    """Return the settings of our component of that name; None for a component that has no table of its own."""
    kinds: dict[str, tuple[Iterable[str], ...]] = {
        "JawabTokenizer": (("intent_tokenization_flag", "intent_split_symbol"),),
        "MatcherEntityExtractor": (),
        "NgramFeaturizer": (_names(NgramSettings),),
        "SentenceVectorFeaturizer": (("cache", "when_asked"),),
        "CatalogueClassifier": (_names(ClassifierSettings), _names(Thresholds)),
    }
    found = kinds.get(name)
    return None if found is None else frozenset().union(*found)


def refuse_unknown(name: str, component: Mapping[str, Any]) -> None:
    """Raise for a setting that our component ``name`` does not have; left out in silence, it would never work.

    ``name`` and ``alias`` are Rasa's.
    """
    known = known_settings(name)
    if known is None:
        return
    for key in component:
        if key not in known and key not in ("name", "alias"):
            near = difflib.get_close_matches(str(key), known, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(known))}"
            raise PipelineError(f"config.yml: {name} has no setting {key!r}; {remedy}")


def ngram_settings(component: Mapping[str, Any]) -> NgramSettings:
    """Read the settings of the n-gram featuriser from its entry in the pipeline."""
    values = chosen(NgramSettings, component)
    for key in ("char_ngrams", "word_ngrams"):
        if key in values:
            try:
                shortest, longest = (int(length) for length in values[key])
            except (TypeError, ValueError) as error:
                raise PipelineError(
                    f"config.yml: {key} of NgramFeaturizer is {values[key]!r}; "
                    "give the shortest and the longest length, as in [2, 4]"
                ) from error
            values[key] = (shortest, longest)
    return NgramSettings(**values)


def chosen(kind: type, component: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of ``component`` that are fields of the dataclass ``kind``."""
    names = _names(kind)
    return {key: value for key, value in component.items() if key in names}


def _names(kind: type) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind))
