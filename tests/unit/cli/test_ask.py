"""`jawab ask`: one question, one answer, for people and for programs."""

from __future__ import annotations

import shutil

import pytest

from .small_project import as_json, run


def test_asking_prints_the_form_that_programs_rely_on(project):
    found = as_json(run(project, "ask", "چگونه کالا را مرجوع کنم؟", "--json"))
    assert set(found) == {
        "lang",
        "intent",
        "intents",
        "confidence",
        "outcome",
        "candidates",
        "replies",
    }
    assert (found["lang"], found["intent"], found["outcome"]) == ("fa", "returns_how", "answered")
    assert 1 <= len(found["candidates"]) <= 3
    assert all(set(c) == {"intent", "confidence"} for c in found["candidates"])
    assert found["confidence"] == found["candidates"][0]["confidence"]
    assert found["replies"] == [
        {
            "text": "کالا را به بازارک برگردانید.\nتلفن: 021-1110000",
            "buttons": [{"title": "ساعت کار پشتیبانی"}],
        }
    ]


def test_a_message_that_is_not_understood_has_no_intent(project):
    found = as_json(run(project, "ask", "؟؟؟", "--json"))
    assert (found["intent"], found["outcome"], found["confidence"]) == (None, "not_understood", 0.0)
    assert found["candidates"] == []
    assert found["replies"][0]["text"]


def test_json_holds_letters_and_not_their_numbers(project):
    assert "بازارک" in run(project, "ask", "چگونه کالا را مرجوع کنم؟", "--json").stdout


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        pytest.param(["متى تفتحون؟", "--shop", "dukkan"], "دكان", id="another shop"),
        pytest.param(["when are you open"], "Bazaarak", id="the first shop, in English"),
        pytest.param(["when are you open", "--shop", "dukkan"], "Dukkan", id="another in English"),
    ],
)
def test_the_answer_is_that_shops_in_the_language_of_the_question(project, arguments, text):
    result = run(project, "ask", *arguments)
    assert result.exit_code == 0
    assert text in result.stdout
    assert "  [" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        pytest.param(["12345678", "--lang", "ar"], "ar", id="as asked"),
        pytest.param(["12345678", "--shop", "dukkan"], "ar", id="the shop's"),
        pytest.param(["12345678"], "fa", id="the first shop's"),
        pytest.param(["12345678", "--shop", "dukkan", "--lang", "en"], "en", id="asked goes first"),
    ],
)
def test_a_text_without_letters_keeps_the_conversations_language(project, arguments, lang):
    assert as_json(run(project, "ask", *arguments, "--json"))["lang"] == lang


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\u200c", "سلام " * 5000, "\ud800", "/restart", "-"],
    ids=["nothing", "blanks", "invisible", "very long", "a lone surrogate", "a command", "a dash"],
)
def test_any_text_gets_a_reply(project, text):
    found = as_json(run(project, "ask", "--json", "--", text))
    assert all(reply["text"].strip() for reply in found["replies"])


def test_a_question_may_follow_another_one_that_exists(project):
    result = run(project, "ask", "چقدر طول می‌کشه؟", "--after", "no_such_question")
    assert result.exit_code == 1
    assert "--after no_such_question" in result.stderr
    followed = as_json(run(project, "ask", "چگونه کالا را مرجوع کنم؟", "--after", "returns_how", "--json"))  # fmt: skip
    assert followed["intent"] == "returns_how"


def test_an_unknown_shop_is_named_with_those_there_are(project):
    result = run(project, "ask", "hi", "--shop", "nope")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "'nope'" in result.stderr
    assert "bazaar, dukkan" in result.stderr


def test_an_unknown_language_is_named_with_those_there_are(project):
    result = run(project, "ask", "hi", "--lang", "de")
    assert result.exit_code == 1
    assert "--lang de: choose fa, ar or en" in result.stderr


def test_without_a_model_it_says_how_to_make_one(untrained):
    result = run(untrained, "ask", "hi")
    assert result.exit_code == 1
    assert "run `make train`" in result.stderr


def test_wrong_knowledge_is_told_and_not_thrown(untrained):
    (untrained / "data/faq/returns.yml").write_text("questions: [", "utf-8")
    result = run(untrained, "ask", "hi")
    assert result.exit_code == 1
    assert "returns.yml" in result.stderr


def test_a_wrong_setting_is_named_without_its_value(project):
    result = run(project, "ask", "hi", JAWAB_PORT="eighty", JAWAB_SECRET_KEY="short-secret")
    assert result.exit_code == 1
    assert "JAWAB_PORT: " in result.stderr
    assert "JAWAB_SECRET_KEY: " in result.stderr
    assert "short-secret" not in result.stderr


def test_a_question_taken_out_since_the_training_is_no_longer_answered(project, tmp_path):
    root = tmp_path / "copy"
    shutil.copytree(project, root)
    shutil.rmtree(root / "var", ignore_errors=True)
    (root / "data/faq/returns.yml").unlink()
    for file in (root / "data").rglob("*.yml"):
        if file.name != "words.yml":
            text = file.read_text("utf-8")
            text = text.replace("    related: [returns_how]\n", "").replace("returns_how, ", "")
            file.write_text(text, "utf-8")
    found = as_json(run(root, "ask", "چگونه کالا را مرجوع کنم؟", "--json"))
    assert (found["intent"], found["outcome"]) == (None, "not_understood")
