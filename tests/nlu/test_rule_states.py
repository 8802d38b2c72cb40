"""What RulePolicy works out step by step is what it would have worked out from the conversation's beginning."""

import inspect
import json
import random

import pytest
from rasa.core.policies.policy import Policy
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    LoopInterrupted,
    Restarted,
    UserUtteranceReverted,
)
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from jawab.nlu import rasa_speedups, rule_states

from .conversations import FORM, form_begins, form_ends, form_goes_on, heard, session, turn


@pytest.fixture(scope="module", autouse=True)
def applied():
    assert rasa_speedups.apply()


@pytest.fixture(scope="module")
def domain(root):
    return Domain.load(str(root / "domain.yml"))


@pytest.fixture(scope="module")
def policy(root, domain, tmp_path_factory):
    """The policy as it is trained on the rules of data/dialogue."""
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    made = RulePolicy.create(
        RulePolicy.get_default_config(),
        storage,
        Resource("rules"),
        ExecutionContext(GraphSchema({}), model_id="m", node_name="rules"),
    )
    steps = YAMLStoryReader().read_from_file(root / "data" / "dialogue" / "rules.yml")
    trackers = TrainingDataGenerator(StoryGraph(steps), domain, use_story_concatenation=False)
    made.train(trackers.generate(), domain)
    return made


def interrupted(number):
    """A question in the middle of the form, which goes on by itself."""
    return [
        heard(f"سؤال {number}"),
        ActionExecutionRejected(FORM),
        ActionExecuted("action_answer_faq"),
        LoopInterrupted(True),
        ActionExecuted(FORM),
        ActionExecuted("action_listen"),
    ]


def conversation(seed):
    chance = random.Random(seed)
    events = session()
    for number in range(12):
        kind = chance.choice(("turn", "turn", "form", "left", "reverted", "restarted"))
        if kind == "turn":
            events += turn(number)
        elif kind == "reverted":
            events += [heard("نه"), UserUtteranceReverted(), ActionExecuted("action_listen")]
        elif kind == "restarted" and chance.random() < 0.3:
            events += [Restarted(), ActionExecuted("action_listen")]
        else:
            events += form_begins()
            for step in range(chance.choice((0, 1, 4))):
                events += chance.choice((form_goes_on, interrupted))(step)
            if kind == "form":
                events += form_ends()
    return events


@pytest.mark.parametrize("seed", range(30))
def test_each_prediction_is_that_of_rasa(seed, policy, domain):
    stepwise = DialogueStateTracker("c", domain.slots)
    predicted = set()
    for event in conversation(seed):
        stepwise.update(event)
        if not stepwise.latest_message or not stepwise.latest_action_name:
            continue
        anew = DialogueStateTracker.from_events("c", stepwise.events, domain.slots)
        with pytest.MonkeyPatch.context() as rasas:
            own = rule_states._states_from_the_beginning
            rasas.setattr(Domain, "states_for_tracker_history", own)
            rasas.setattr(RulePolicy, "_get_possible_keys", rule_states._fitting)
            expected, why = policy._predict(anew, domain)
            states = anew.past_states(domain)
        assert stepwise.past_states(domain) == states
        found, reason = policy._predict(stepwise, domain)
        assert (found.probabilities, found.events, found.hide_rule_turn, reason) == (
            expected.probabilities, expected.events, expected.hide_rule_turn, why
        )  # fmt: skip
        predicted.add(domain.action_names_or_texts[found.max_confidence_index])
    assert {"action_answer_faq", "action_listen", FORM} & predicted


def test_what_is_returned_may_be_changed(domain):
    tracker = DialogueStateTracker.from_events("c", [*session(), *turn(1)], domain.slots)
    before = tracker.past_states(domain)
    for state in tracker.past_states(domain):
        state.get("user", {}).clear()
    assert tracker.past_states(domain) == before


def test_states_for_other_policies_are_rasas(domain):
    tracker = DialogueStateTracker.from_events("c", [*session(), *turn(1)], domain.slots)
    hidden = domain.states_for_tracker_history(tracker, ignore_rule_only_turns=True)
    assert hidden == rule_states._states_from_the_beginning(
        domain, tracker, ignore_rule_only_turns=True
    )


def test_what_fits_is_remembered_by_states_without_text(policy, domain):
    for lookup in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH):
        assert policy.lookup[lookup]
    said = [{"user": {"text": "شماره من ۰۹۱۲"}, "prev_action": {"action_name": "action_listen"}}]
    policy._get_possible_keys(policy.lookup[RULES], said)
    fits = policy.__dict__["_fits"][id(policy.lookup[RULES])]
    assert fits.known
    assert not any(
        "text" in state.get("user", {}) for key in fits.known for state in json.loads(key)
    )


def test_rasa_still_works_as_it_did_when_this_was_written():
    assert "tracker.generate_all_prior_trackers()" in inspect.getsource(
        rule_states._states_from_the_beginning
    )
    assert "enumerate(reversed(states))" in inspect.getsource(rule_states._fitting)
    source = inspect.getsource(DialogueStateTracker.generate_all_prior_trackers)
    assert "for event in self.applied_events():" in source
    assert list(inspect.signature(rule_states.fitting_rules).parameters) == list(
        inspect.signature(rule_states._fitting).parameters
    )
    assert Policy.format_tracker_states is not RulePolicy.format_tracker_states
