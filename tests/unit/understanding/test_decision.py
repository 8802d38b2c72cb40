import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.understanding.decision import (
    OFFERABLE_ACTS,
    Candidate,
    Outcome,
    Thresholds,
    decide,
)

ACTS = frozenset({"greet", "stop", "out_of_scope", "talk_to_human", "help"})
THRESHOLDS = Thresholds(answer_above=0.5, offer_above=0.15, scope_doubt=0.2, second_doubt=0.8)


def ranking(**confidences: float) -> list[Candidate]:
    return [Candidate(i, c) for i, c in sorted(confidences.items(), key=lambda kv: -kv[1])]


def test_a_sure_question_is_answered():
    decision = decide(ranking(returns_how=0.8, refund_how=0.1), acts=ACTS, thresholds=THRESHOLDS)
    assert (decision.outcome, decision.intents) == (Outcome.ANSWERED, ("returns_how",))


def test_a_question_that_may_well_be_out_of_scope_is_offered_not_answered():
    decision = decide(ranking(order_cancel=0.7, out_of_scope=0.2), acts=ACTS, thresholds=THRESHOLDS)
    assert decision.outcome is Outcome.OFFERED


def test_two_questions_that_fit_equally_are_both_offered():
    decision = decide(ranking(returns_how=0.51, refund_how=0.48), acts=ACTS, thresholds=THRESHOLDS)
    assert decision.intents == ("returns_how", "refund_how")


def test_two_plausible_questions_are_both_offered():
    decision = decide(
        ranking(returns_how=0.45, refund_how=0.4, order_track=0.1), acts=ACTS, thresholds=THRESHOLDS
    )
    assert (decision.outcome, decision.intents) == (
        Outcome.OFFERED,
        ("returns_how", "refund_how"),
    )


def test_one_plausible_question_is_offered_beside_the_next_likely():
    decision = decide(
        ranking(returns_how=0.4, greet=0.14, refund_how=0.1), acts=ACTS, thresholds=THRESHOLDS
    )
    assert decision.intents == ("returns_how", "refund_how")


@pytest.mark.parametrize("act", ["greet", "stop"])
def test_an_act_that_makes_no_sense_as_a_button_is_never_offered(act):
    decision = decide(
        ranking(**{act: 0.4, "order_track": 0.3, "order_late": 0.2}),
        acts=ACTS,
        thresholds=THRESHOLDS,
    )
    assert decision.intents == ("order_track", "order_late")


def test_a_guess_at_out_of_scope_offers_nothing():
    decision = decide(ranking(out_of_scope=0.4, order_track=0.3), acts=ACTS, thresholds=THRESHOLDS)
    assert decision.outcome is Outcome.NOT_UNDERSTOOD


def test_nothing_plausible_is_not_understood():
    flat = {f"q{n}": 0.05 for n in range(20)}
    assert (
        decide(ranking(**flat), acts=ACTS, thresholds=THRESHOLDS).outcome is Outcome.NOT_UNDERSTOOD
    )


def test_an_empty_ranking_is_not_understood():
    assert decide([], acts=ACTS, thresholds=THRESHOLDS).outcome is Outcome.NOT_UNDERSTOOD


@given(
    st.dictionaries(
        st.sampled_from(["returns_how", "refund_how", "order_track", *sorted(ACTS)]),
        st.floats(0, 1),
    ).map(lambda d: {k: v / max(sum(d.values()), 1e-9) for k, v in d.items()})
)
def test_every_decision_keeps_its_promises(confidences):
    ranked = ranking(**confidences)
    decision = decide(ranked, acts=ACTS, thresholds=THRESHOLDS)
    counts = {Outcome.ANSWERED: {1}, Outcome.OFFERED: {1, 2, 3}, Outcome.NOT_UNDERSTOOD: {0}}
    assert len(decision.intents) in counts[decision.outcome]
    assert len(set(decision.intents)) == len(decision.intents)
    if decision.outcome is Outcome.OFFERED:
        assert not [i for i in decision.intents if i in ACTS and i not in OFFERABLE_ACTS]
