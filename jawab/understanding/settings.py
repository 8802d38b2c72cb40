"""The pipeline's settings, read from Rasa's config.yml so that every way of training agrees."""

from __future__ import annotations

from collections.abc import Mapping
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

    ``vectors_weight`` scales the dense features against the sparse ones (both of length 1); 0 leaves them out.
    """

    ngrams: NgramSettings = field(default_factory=NgramSettings)
    vectors_weight: float = 0.0
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
        vectors = parts.get("SentenceVectorFeaturizer")
        return cls(
            ngrams=ngram_settings(parts["NgramFeaturizer"]),
            vectors_weight=float(vectors.get("weight", 1.0)) if vectors else 0.0,
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
    names = {f.name for f in fields(kind)}
    return {key: value for key, value in component.items() if key in names}
