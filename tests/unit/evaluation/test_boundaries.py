from collections import defaultdict
from fnmatch import fnmatch

import pytest

from evaluation.boundaries import Boundary, keep, load_boundaries
from jawab.knowledge import load
from jawab.understanding.decision import Outcome

# The ids that each boundary rule of the catalogue names, in the catalogue's order.
RULES = (
    "order_track order_late delivery_time",
    "contact_ticket open_ticket",
    "contact_live_chat talk_to_human",
    "contact_channels contact_phone contact_email",
    "contact_response_time ticket_status contact_compare",
    "contact_hours contact_holidays",
    "seller_support seller_panel",
    "returns_how refund_how returns_conditions",
    "refund_time payment_failed",
    "order_cancel order_change stop",
    "returns_exchange order_wrong_item order_missing_item",
    "order_damaged_item product_warranty",
    "account_edit order_change_address",
    "account_login account_password",
    "complaint_how frustrated",
    "contact_express order_* delivery_*",
    "help faq_page",
    "contact_response_time contact_hours",
    "account_delete policy_privacy",
    "product_price refund_how",
    "other_support out_of_scope",
    "open_ticket contact_response_time",
    "payment_installments payment_failed",
    "order_change_address delivery_reschedule delivery_methods",
)
PAIR = Boundary(1, "late or neutral", ("order_track", "order_late"))


@pytest.mark.parametrize(
    ("rule", "names"), [pytest.param(n, rule, id=rule) for n, rule in enumerate(RULES, start=1)]
)
def test_every_rule_of_the_catalogue_is_measured(rule, names):
    ids = [id for one in load_boundaries() if one.rule == rule for id in one.ids]
    missing = [name for name in names.split() if not any(fnmatch(id, name) for id in ids)]
    assert missing == []


def test_every_id_of_a_boundary_exists(root):
    knowledge = load(root)
    known = set(knowledge.questions) | set(knowledge.acts)
    assert [id for one in load_boundaries() for id in one.ids if id not in known] == []


def test_a_boundary_tells_at_least_two_ids_apart_and_has_a_title():
    seen = defaultdict(list)
    for one in load_boundaries():
        assert len(set(one.ids)) == len(one.ids) >= 2
        assert one.title
        seen[one.name].append(one)
    assert [name for name, same in seen.items() if len(same) > 1] == []


def test_only_rows_on_either_side_count(judged):
    kept = keep(PAIR, [judged("کجاست", "order_track"), judged("پولم", "refund_time")])
    assert (kept.rows, kept.accuracy, kept.confused) == (1, 1.0, 0.0)


def test_confusion_within_the_pair_is_told_from_other_errors(judged):
    rows = [
        judged("کجاست", "order_track", taken_for="order_late"),
        judged("دیر کرده", "order_late", taken_for="refund_time"),
        judged("نرسید", "order_late", taken_for="order_track", outcome=Outcome.OFFERED),
        judged("رسید؟", "order_track"),
    ]
    kept = keep(PAIR, rows)
    assert (kept.accuracy, kept.offered, kept.confused) == (0.25, 0.25, 0.5)
    assert kept.pairs == ((("order_late", "order_track"), 1), (("order_track", "order_late"), 1))


def test_a_boundary_without_rows_has_no_confusion():
    assert keep(PAIR, []).as_json() == {"rows": 0, "accuracy": 0.0, "offered": 0.0, "confused": 0.0}
