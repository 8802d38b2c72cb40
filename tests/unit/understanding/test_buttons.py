import pytest

from jawab.understanding.buttons import NONE_OF_THESE, pressed
from jawab.understanding.decision import Outcome

KNOWN = frozenset({"returns_how", "talk_to_human"})


@pytest.mark.parametrize(
    ("meaning", "intents"),
    [
        pytest.param({"intent": "returns_how"}, ("returns_how",), id="a question"),
        pytest.param({"intent": "talk_to_human"}, ("talk_to_human",), id="an act"),
        pytest.param({"topic": "returns"}, ("help",), id="a topic to browse"),
        pytest.param({"language": "ar"}, ("change_language",), id="a language"),
    ],
)
def test_a_button_means_what_it_says(meaning, intents):
    decision = pressed(meaning, known=KNOWN)
    assert (decision.outcome, decision.intents) == (Outcome.ANSWERED, intents)


@pytest.mark.parametrize(
    "meaning",
    [
        pytest.param({"intent": NONE_OF_THESE}, id="none of these"),
        pytest.param({"intent": "gone_since"}, id="an id that is gone"),
        pytest.param({"language": "de"}, id="a language we do not speak"),
        pytest.param({}, id="nothing"),
    ],
)
def test_a_button_without_a_meaning_of_ours_is_not_understood(meaning):
    assert pressed(meaning, known=KNOWN).outcome is Outcome.NOT_UNDERSTOOD
