"""What jawab.nlu.rasa_speedups replaces in Rasa is still there, and still does the same."""

import inspect
import logging

import pytest
import rasa
import rasa.shared.utils.common as common
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

from jawab.nlu import rasa_speedups

GOOD = {
    "events": [{"event": "slot", "name": "language", "value": "fa"}],
    "responses": [{"text": "x"}],
}


@pytest.fixture(scope="module", autouse=True)
def applied():
    assert rasa_speedups.apply()


def test_rasa_is_the_version_it_was_written_for():
    assert rasa.__version__ == rasa_speedups.WRITTEN_FOR


def test_the_replaced_method_has_the_signature_rasa_calls():
    assert list(inspect.signature(RemoteAction._validate_action_result).parameters) == [
        "self",
        "result",
    ]
    assert "self._validate_action_result(response)" in inspect.getsource(RemoteAction.run)


def test_a_good_result_is_accepted():
    assert RemoteAction("a", None)._validate_action_result(GOOD)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param({"events": [{"event": "slot"}], "responses": []}, id="a slot without a name"),
        pytest.param({"events": [{"event": "nonsense"}], "responses": []}, id="an unknown event"),
        pytest.param({"events": [], "responses": ["text"]}, id="a response that is no object"),
    ],
)
def test_a_malformed_result_is_refused(result):
    with pytest.raises(ValidationError):
        RemoteAction("a", None)._validate_action_result(result)


def test_the_refusal_names_the_place_but_not_the_words():
    bad = {"events": [], "responses": ["شماره من ۰۹۱۲"]}
    with pytest.raises(ValidationError) as caught:
        RemoteAction("a", None)._validate_action_result(bad)
    assert "responses/0" in str(caught.value)
    assert "۰۹۱۲" not in str(caught.value)


def test_all_subclasses_finds_the_same_as_before():
    def walk(cls):
        return [cls, *(s for sub in cls.__subclasses__() for s in walk(sub))]

    concrete = {cls for cls in walk(Event)[1:] if not inspect.isabstract(cls)}
    assert set(common.all_subclasses(Event)) == concrete


def test_callers_may_change_the_list_they_get():
    common.all_subclasses(Event).clear()
    assert common.all_subclasses(Event)


def test_another_version_of_rasa_is_left_alone(monkeypatch, caplog):
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    rasa_speedups.apply.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert not rasa_speedups.apply()
    assert "skipped" in caplog.text
    rasa_speedups.apply.cache_clear()
