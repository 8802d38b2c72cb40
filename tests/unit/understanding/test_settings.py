"""config.yml is the one place where features, classifier and decision are set."""

import re

import pytest
import yaml

from jawab.understanding.decision import Thresholds
from jawab.understanding.ngrams import NgramSettings
from jawab.understanding.settings import PipelineError, PipelineSettings

NGRAMS = {"name": "jawab.nlu.featurizers.NgramFeaturizer"}
VECTORS = {"name": "jawab.nlu.featurizers.SentenceVectorFeaturizer"}
CLASSIFIER = {"name": "jawab.nlu.classifier.CatalogueClassifier"}


def read(*parts):
    return PipelineSettings.from_config({"pipeline": list(parts)})


def test_the_projects_config_is_read_whole(root):
    settings = PipelineSettings.from_file(root / "config.yml")
    config = yaml.safe_load((root / "config.yml").read_text("utf-8"))
    parts = {part["name"].rsplit(".", 1)[-1]: part for part in config["pipeline"]}
    ngrams, classifier = parts["NgramFeaturizer"], parts["CatalogueClassifier"]
    assert settings.ngrams.char_ngrams == tuple(ngrams["char_ngrams"])
    assert settings.ngrams.word_ngrams == tuple(ngrams["word_ngrams"])
    assert settings.vectors == ("SentenceVectorFeaturizer" in parts)
    written = {key: value for key, value in classifier.items() if key != "name"}
    known = {**vars(settings.classifier), **vars(settings.thresholds)}
    assert {key: known.get(key) for key in written} == written


def test_values_are_taken_from_their_components():
    settings = read(
        {**NGRAMS, "char_ngrams": [3, 5], "word_ngrams": [1, 1], "most": 2000},
        VECTORS,
        {**CLASSIFIER, "vectors_weight": 0.5, "C": 2.0, "answer_above": 0.4, "scope_doubt": 0.1},
    )
    assert settings.ngrams == NgramSettings((3, 5), (1, 1), 2000)
    assert settings.vectors
    assert settings.classifier.vectors_weight == 0.5
    assert settings.classifier.C == 2.0
    assert settings.thresholds == Thresholds(answer_above=0.4, scope_doubt=0.1)


def test_what_is_not_written_has_its_default():
    settings = read(NGRAMS, CLASSIFIER)
    assert settings.ngrams == NgramSettings()
    assert settings.thresholds == Thresholds()


def test_without_their_component_there_are_no_sentence_vectors():
    assert not read(NGRAMS, CLASSIFIER).vectors
    assert read(NGRAMS, VECTORS, CLASSIFIER).vectors


@pytest.mark.parametrize(
    ("component", "key", "remedy"),
    [
        pytest.param(CLASSIFIER, "netwroks", "did you mean 'networks'", id="classifier"),
        pytest.param(CLASSIFIER, "answer_abvoe", "did you mean 'answer_above'", id="decision"),
        pytest.param(NGRAMS, "char_ngram", "did you mean 'char_ngrams'", id="n-grams"),
        pytest.param(VECTORS, "colour", "it has cache", id="nothing like it"),
    ],
)
def test_a_misspelt_setting_is_named_with_a_remedy(component, key, remedy):
    parts = {part["name"]: part for part in (NGRAMS, VECTORS, CLASSIFIER)}
    parts[component["name"]] = {**component, key: 1}
    with pytest.raises(PipelineError, match=rf"has no setting '{key}'; {remedy}"):
        read(*parts.values())


def test_other_peoples_components_keep_their_own_settings():
    assert read(NGRAMS, CLASSIFIER, {"name": "RegexFeaturizer", "anything": 1}).vectors is False


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((), id="none"),
        pytest.param((NGRAMS,), id="no classifier"),
        pytest.param((CLASSIFIER,), id="no features"),
        pytest.param(({"name": "DIETClassifier"},), id="another's"),
    ],
)
def test_a_missing_component_is_named(parts):
    with pytest.raises(PipelineError, match=r"NgramFeaturizer and .*CatalogueClassifier"):
        read(*parts)


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(None, id="an empty file"),
        pytest.param([], id="a list"),
        pytest.param({}, id="no pipeline"),
        pytest.param({"pipeline": None}, id="an empty pipeline"),
        pytest.param({"pipeline": ["WhitespaceTokenizer"]}, id="a bare name"),
        pytest.param({"pipeline": [{"C": 1.0}]}, id="a component without a name"),
    ],
)
def test_a_pipeline_of_another_form_is_refused(config):
    with pytest.raises(PipelineError, match=r"config\.yml: "):
        PipelineSettings.from_config(config)


@pytest.mark.parametrize("value", [3, [2], [2, 3, 4], ["a", "b"], None])
def test_lengths_that_are_no_range_are_named_with_a_remedy(value):
    with pytest.raises(PipelineError, match=r"char_ngrams of NgramFeaturizer .* \[2, 4\]"):
        read({**NGRAMS, "char_ngrams": value}, CLASSIFIER)


@pytest.mark.parametrize("content", [None, "pipeline: [", "\x00"], ids=["none", "broken", "binary"])
def test_a_config_that_cannot_be_read_is_named(tmp_path, content):
    file = tmp_path / "config.yml"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(PipelineError, match=re.escape(str(file))):
        PipelineSettings.from_file(file)
