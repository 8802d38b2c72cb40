"""What Prometheus reads: understood by its own parser, true to what happened, and for nobody else."""

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from jawab.desk.exposition import Kind
from jawab.desk.metrics import FAMILIES
from jawab.settings import PROJECT

from .colleague import call_a_person, called

TOKEN = "t0ken-of-prometheus"
WORD, PHONE = "زرافه‌نشان", "09351234987"
DEPLOY = PROJECT / "deploy"


def read(desk, **headers):
    response = desk.http.get("/metrics", headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def value(found, name, **labels):
    return found.get((name, frozenset(labels.items())), 0)


def test_every_number_is_there_from_the_start(start_desk):
    desk = start_desk()
    families = text_string_to_metric_families(desk.http.get("/metrics").text)
    told = {family.name: family.type for family in families}
    # The parser calls a counter by its name without `_total`.
    assert told == {
        each.name.removesuffix("_total")
        if each.kind is Kind.COUNTER
        else each.name: each.kind.value
        for each in FAMILIES
    }


def test_a_conversation_is_counted(start_desk, rasa):
    desk = start_desk()
    chat = desk.begin()
    before = read(desk)
    chat.ask("سلام")
    rasa.then("fail", "fail", "fail")
    chat.ask("سلام؟")
    after = read(desk)

    def grown(name, **labels):
        return value(after, name, **labels) - value(before, name, **labels)

    assert grown("jawab_messages_total") == 4
    assert grown("jawab_turns_total", outcome="apologised") == 1
    assert grown("jawab_rasa_failures_total", reason="status_500") == 3
    assert grown("jawab_answer_seconds_count") == 2
    assert grown("jawab_answer_seconds_bucket", le="+Inf") == 2
    route = {"method": "POST", "route": "/api/v1/conversations/{conversation_id}/messages"}
    assert grown("jawab_http_requests_total", status="200", **route) == 2


def test_who_waits_for_a_person_is_counted(start_desk, rasa):
    desk = start_desk()
    call_a_person(rasa)
    called(desk)
    found = read(desk)
    assert value(found, "jawab_waiting_shoppers", queue="shoppers") == 1
    assert value(found, "jawab_up", part="rasa") == 1


def test_a_part_that_is_away_is_told(start_desk):
    desk = start_desk(actions_url="http://127.0.0.1:9")
    assert value(read(desk), "jawab_up", part="actions") == 0
    with desk.services.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE turns")
    found = read(desk)
    assert ("jawab_conversations", frozenset()) not in found


def test_tickets_and_what_leaves_are_counted(start_desk):
    desk = start_desk(webhook_url="http://127.0.0.1:9/hook", webhook_secret="s" * 20)
    assert desk.begin().open_ticket().is_success
    found = read(desk)
    assert value(found, "jawab_unsolved_tickets", queue="shoppers") == 1
    assert value(found, "jawab_deliveries", carrier="webhook", state="waiting") >= 1


def test_nothing_of_a_shopper_is_in_a_label(start_desk, rasa):
    desk = start_desk()
    chat = desk.begin()
    chat.ask(f"{WORD} {PHONE}")
    desk.http.get(f"/{PHONE}/{WORD}")
    desk.http.request(WORD.encode().hex().upper(), "/faq/souq")
    page = desk.http.get("/metrics").text
    for piece in (WORD, PHONE[1:], WORD.encode().hex().upper(), chat.id):
        assert piece not in page


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
def test_what_comes_through_a_proxy_finds_nothing(desk, name):
    response = desk.http.get("/metrics", headers={name: "127.0.0.1"})
    assert response.status_code == 404
    assert "jawab_" not in response.text


def test_with_a_token_only_the_token_opens(start_desk):
    desk = start_desk(metrics_token=TOKEN)
    for headers in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}):
        assert desk.http.get("/metrics", headers=headers).status_code == 404
    away = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.9"}
    assert read(desk, **away)


def named(text):
    """Our own metrics in an expression."""
    return set(re.findall(r"\bjawab_[a-z_]+", text))


def exported():
    endings = ("_bucket", "_sum", "_count")
    histograms = {f.name + end for f in FAMILIES if f.kind is Kind.HISTOGRAM for end in endings}
    return histograms | {f.name for f in FAMILIES if f.kind is not Kind.HISTOGRAM}


def test_alerts_and_dashboard_name_only_what_is_exported():
    alerts = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    assert all({"alert", "expr", "labels", "annotations"} <= set(rule) for rule in rules)
    board = json.loads((DEPLOY / "grafana/dashboard.json").read_text("utf-8"))
    shown = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    used = named(" ".join([*(rule["expr"] for rule in rules), *shown]))
    assert used <= exported()
    # And whatever is exported can be seen, a histogram by one of its three.
    missing = {each.name for each in FAMILIES if not any(n.startswith(each.name) for n in used)}
    assert missing == set()


def test_every_metric_is_explained():
    page = Path(PROJECT / "docs/metrics.md").read_text("utf-8")
    assert [each.name for each in FAMILIES if f"`{each.name}" not in page] == []
