"""The stock projects hold our questions and answers and nothing of our code."""

import json

import pytest
import yaml

from benchmarks.turns.models import Trained, epoch_seconds, project
from benchmarks.turns.stock_projects import ACTING, ANSWERS, DEFAULT, LIGHT, answers, files
from jawab.knowledge import load
from jawab.settings import PROJECT


@pytest.fixture(scope="module")
def knowledge():
    return load(PROJECT)


def test_stock_learns_every_example_of_every_intent(knowledge):
    nlu = yaml.safe_load(files(DEFAULT, knowledge, epochs=1)["nlu.yml"])["nlu"]
    entries = (*knowledge.questions.values(), *knowledge.acts.values())
    assert {each["intent"]: len(each["examples"].splitlines()) for each in nlu} == {
        entry.id: len(entry.examples) for entry in entries
    }


def test_few_examples_make_a_smoke_run(knowledge):
    nlu = yaml.safe_load(files(LIGHT, knowledge, epochs=0, examples=3)["nlu.yml"])["nlu"]
    assert {len(each["examples"].splitlines()) for each in nlu} == {3}


@pytest.mark.parametrize("kind", [DEFAULT, LIGHT], ids=["defaults", "lightest"])
def test_every_intent_has_a_rule_and_the_shops_answer(knowledge, kind):
    written = files(kind, knowledge, epochs=1)
    domain, said = yaml.safe_load(written["domain.yml"]), answers(knowledge)
    for rule in yaml.safe_load(written["rules.yml"])["rules"]:
        intent, action = rule["steps"][0]["intent"], rule["steps"][1]["action"]
        text = domain["responses"][action][0]["text"]
        assert text == said.get(intent, text)
    assert all(text.strip() for text in said.values())


def test_the_custom_action_says_the_same_answers(knowledge):
    written = files(ACTING, knowledge, epochs=0)
    assert json.loads(written[ANSWERS]) == answers(knowledge)
    assert yaml.safe_load(written["domain.yml"])["actions"] == ["action_answer"]
    assert "jawab" not in written["actions.py"].casefold()


def test_a_project_of_other_content_gets_another_folder(tmp_path):
    assert project(tmp_path, {"a": "1"}) == project(tmp_path, {"a": "1"})
    assert project(tmp_path, {"a": "1"}) != project(tmp_path, {"a": "2"})


def test_the_epochs_of_all_components_are_read_from_rasas_bars():
    log = (
        "Epochs:  33%|███  | 1/3 [00:07<00:14,  7.1s/it]\r"
        "Epochs: 100%|█████| 3/3 [00:20<00:00,  7.0s/it, t_loss=2.1]\r"
        "Epochs: 100%|█████| 3/3 [00:21<00:00,  7.0s/it, t_loss=2.1]\n"
        "Epochs: 100%|█████| 3/3 [1:00:03<00:00, 1201.0s/it]\n"
    )
    assert epoch_seconds(log) == 7 + 1201


def test_the_time_of_all_epochs_follows_from_that_of_a_few():
    assert Trained("today", 100.0, 3, 20.0).full_seconds == 100 + 97 * 20
    assert Trained("today", 100.0, 0, 0.0).full_seconds == 100
    assert not Trained("today", 100.0, 0, 0.0).extrapolated
