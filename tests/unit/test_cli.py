"""The command line, against a small project with a small trained model."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jawab import training
from jawab.cli import app
from jawab.knowledge import load
from jawab.text.lang import Lang
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

ROOT = Path(__file__).parents[2]

CONFIG = """\
recipe: default.v1
pipeline:
  - name: jawab.nlu.featurizers.NgramFeaturizer
  - name: jawab.nlu.classifier.CatalogueClassifier
    answer_above: 0.5
    offer_above: 0.1
"""

CONTACT = """\
topic: contact
position: 2
title: {fa: تماس, ar: التواصل, en: Contact}
questions:
  - id: contact_hours
    title: {fa: ساعت کار پشتیبانی, ar: ساعات عمل الدعم, en: Support hours}
    related: [returns_how]
    answer:
      fa: "{shop}: {hours.phone}"
      ar: "{shop}: {hours.phone}"
      en: "{shop}: {hours.phone}"
    examples:
      fa: {formal: "ساعت کاری شما چیست\\nچه ساعتی باز هستید\\nتا کی جواب می‌دهید"}
      ar: {gulf: "متى تفتحون\\nساعات العمل عندكم\\nكم دوامكم"}
      en: {plain: "when are you open\\nwhat are your hours\\nopening times"}
"""

RETURNS = """\
topic: returns
position: 1
title: {fa: مرجوعی, ar: الإرجاع, en: Returns}
questions:
  - id: returns_how
    title: {fa: چطور کالا را مرجوع کنم؟, ar: كيف أرجع المنتج؟, en: How do I return an item?}
    related: [contact_hours]
    answer:
      fa: "کالا را به {shop} برگردانید.\\nتلفن: {phone}"
      ar: "أعيدوا المنتج إلى {shop}.\\nالهاتف: {phone}"
      en: "Return the item to {shop}.\\nPhone: {phone}"
    examples:
      fa: {formal: "چگونه کالا را مرجوع کنم\\nشرایط پس دادن جنس\\nمی‌خواهم پسش بدهم"}
      ar: {msa: "كيف أعيد المنتج\\nأريد إرجاع الطلب\\nإعادة البضاعة"}
      en: {plain: "how do I return an item\\nsend my order back\\nI want to return this"}
"""

SHOP = """\
id: {id}
name: {name}
language: {lang}
time_zone: {zone}
calendar: gregorian
country: {country}
order_number: '[0-9]{{8,9}}'
site: https://{id}.example
top_questions: [returns_how, contact_hours]
channels:
  phone:
    name: {{fa: تلفن, ar: الهاتف, en: Phone}}
    address: {phone}
    hours: always
"""


def acts() -> str:
    """All the acts the words speak of, with two examples a language."""
    said = {
        "greet": ("سلام\nدرود بر شما", "مرحبا\nالسلام عليكم", "hello\ngood morning"),
        "help": ("راهنما\nکمکم کن", "مساعدة\nساعدني", "help\nwhat can you do"),
        "change_language": ("زبان رو عوض کن\nعربی حرف بزن", "غير اللغة\nتكلم فارسي", "speak arabic\nenglish please"),
        "talk_to_human": ("با آدم حرف بزنم\nاپراتور", "أريد موظف\nحولني لإنسان", "a human please\nagent"),
        "open_ticket": ("تیکت ثبت کن\nدرخواست ثبت کنم", "افتح تذكرة\nسجل طلب دعم", "open a ticket\nnew ticket"),
    }  # fmt: skip
    lines = ["acts:"]
    for act, texts in said.items():
        varieties = ("formal", "msa", "plain")
        lines += [f"  - id: {act}", "    examples:"]
        for lang, variety, text in zip(Lang, varieties, texts, strict=True):
            lines.append(
                f"      {lang.value}: {{{variety}: {json.dumps(text, ensure_ascii=False)}}}"
            )
    return "\n".join(lines) + "\n"


def build(root: Path) -> Path:
    shops = {
        "bazaar": {"name": "{fa: بازارک, ar: بازارك, en: Bazaarak}", "lang": "fa", "country": "IR",
                   "zone": "Asia/Tehran", "phone": "021-1110000"},
        "dukkan": {"name": "{fa: دکان, ar: دكان, en: Dukkan}", "lang": "ar", "country": "SA",
                   "zone": "Asia/Riyadh", "phone": "800-555-0100"},
    }  # fmt: skip
    files = {
        "config.yml": CONFIG,
        "domain.yml": "version: '3.1'\n",
        "requirements.txt": "",
        "data/faq/contact.yml": CONTACT,
        "data/faq/returns.yml": RETURNS,
        "data/dialogue/acts.yml": acts(),
        **{f"data/shops/{id}.yml": SHOP.format(id=id, **shop) for id, shop in shops.items()},
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    for file in ("words.yml", "topics.yml", "mail.yml"):
        shutil.copy(ROOT / "data/dialogue" / file, root / "data/dialogue" / file)
    shutil.copytree(ROOT / "data/channels", root / "data/channels")
    (root / "models").mkdir()
    return root


def train_into(root: Path, archive: Path) -> None:
    knowledge = load(root)
    taught = [
        Labelled(example.text, source.id, example.lang)
        for source in (*knowledge.questions.values(), *knowledge.acts.values())
        for example in source.examples
    ]
    settings = PipelineSettings.from_file(root / "config.yml")
    understander = Understander.train(taught, settings=settings, acts=frozenset(knowledge.acts))
    parts = root / "parts"
    parts.mkdir()
    understander.save(parts)
    with tarfile.open(archive, "w:gz") as tar:
        for file in parts.iterdir():
            part = (
                "NgramFeaturizer1"
                if file.name in ("ngrams.json", "idf.npy")
                else "CatalogueClassifier2"
            )
            tar.add(file, f"components/train_x.{part}/{file.name}")
    shutil.rmtree(parts)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project that is trained and must not be changed."""
    root = build(tmp_path_factory.mktemp("project"))
    train_into(root, training.archive_for(root))
    return root


@pytest.fixture
def untrained(tmp_path) -> Path:
    return build(tmp_path)


def run(root: Path, *arguments: str, typed: str | None = None, **environment: str):
    result = CliRunner().invoke(
        app, list(arguments), input=typed, env={"JAWAB_ROOT": str(root), **environment}
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def as_json(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


# ask


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


# chat


def chat(root, *lines, options=("--no-shape",), end="\n"):
    result = run(root, "chat", *options, typed="\n".join(lines) + end)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("one", ["1", "۱", "١"], ids=["ASCII", "Persian", "Arabic"])
def test_a_typed_number_presses_a_button(project, one):
    said = chat(project, "چگونه کالا را مرجوع کنم", one, "")
    assert "  1. ساعت کار پشتیبانی" in said
    assert "بازارک: " in said


@pytest.mark.parametrize(
    "typed",
    ["7", "0", "²", "9" * 5000, "12345678"],
    ids=["too high", "zero", "no decimal", "endless", "an order number"],
)
def test_a_number_that_is_no_buttons_is_a_message(project, typed):
    said = chat(project, "چگونه کالا را مرجوع کنم", typed, "")
    assert said.count("> ") == 3
    assert "بازارک: " not in said


@pytest.mark.parametrize("end", ["\n", ""], ids=["an empty line", "Ctrl-D"])
def test_the_chat_ends(project, end):
    assert chat(project, "سلام", end=end).count("> ") == 2


def test_letters_are_left_as_they_are_for_terminals_that_join_them(project):
    assert "بازارک برگردانید" in chat(project, "چگونه کالا را مرجوع کنم", "")


@pytest.mark.parametrize("options", [(), ("--shape",)], ids=["by default", "asked for"])
def test_letters_are_joined_and_ordered_for_terminals_that_do_not(project, options):
    said = chat(project, "چگونه کالا را مرجوع کنم", "", options=options)
    assert "بازارک" not in said
    assert any("\ufb50" <= letter <= "\ufefc" for letter in said)


def test_the_language_of_the_talk_goes_on(project):
    said = chat(project, "when are you open", "؟؟؟", "")
    assert "Sorry, I didn't quite get that" in said.split("> ")[2]


def test_the_second_misunderstanding_is_told_otherwise(project):
    _, first, second, _ = chat(project, "؟؟؟", "؟؟؟", "").split("> ")
    assert first != second


def test_a_chat_with_an_unknown_shop_fails(project):
    result = run(project, "chat", "--shop", "nope", typed="hi\n")
    assert result.exit_code == 1
    assert "'nope'" in result.stderr


# evaluate


@pytest.fixture
def rows(tmp_path):
    file = tmp_path / "rows.tsv"
    file.write_text(
        "text\tintent\tlang\tvariety\n"
        "چگونه کالا را مرجوع کنم\treturns_how\tfa\tformal\n"
        "متى تفتحون\tcontact_hours\tar\tgulf\n",
        "utf-8",
    )
    return file


def test_evaluating_prints_json_for_programs_and_tables_for_people(project, rows):
    found = as_json(run(project, "evaluate", str(rows), "--json"))
    assert (found["rows"], found["in_scope"]["accuracy"]) == (2, 1.0)
    assert "fa/formal" in run(project, "evaluate", str(rows)).stdout


def test_several_files_are_one_evaluation(project, rows):
    assert as_json(run(project, "evaluate", str(rows), str(rows), "--json"))["rows"] == 4


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(None, "cannot be read", id="no file"),
        pytest.param("text\tintent\n", "the first line must be", id="another header"),
        pytest.param(
            "text\tintent\tlang\tvariety\nx\tgone\tfa\tformal\n", ":2: 'gone'", id="an unknown id"
        ),
    ],
)
def test_a_wrong_file_of_rows_is_named(project, tmp_path, content, complaint):
    file = tmp_path / "wrong.tsv"
    if content is not None:
        file.write_text(content, "utf-8")
    result = run(project, "evaluate", str(file), "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint in result.stderr


# benchmark-dataset


@pytest.fixture
def dataset(tmp_path):
    file = tmp_path / "set.tsv"
    file.write_text(
        "أين طلبي\ttrack\nوين الطلب\ttrack\nأريد إرجاعه\tback\nارجع المنتج\tback\n", "utf-8"
    )
    return file


def test_a_benchmark_needs_no_model_and_prints_json(untrained, dataset):
    arguments = ("benchmark-dataset", str(dataset), str(dataset), "--lang", "ar")
    found = as_json(run(untrained, *arguments, "--json"))
    assert (found["train_rows"], found["labels"]) == (4, 2)
    assert list(found["tests"]) == [str(dataset)]
    assert "4 rows, 2 labels" in run(untrained, *arguments).stdout


@pytest.mark.parametrize(
    ("options", "config", "complaint"),
    [
        pytest.param(["--lang", "de"], CONFIG, "choose fa, ar or en", id="language"),
        pytest.param(["--lang", "ar"], "pipeline: []", "the pipeline needs", id="pipeline"),
        pytest.param(["--lang", "ar"], "", "must be a list of components", id="empty config"),
        pytest.param(["--lang", "ar"], None, "cannot be read", id="no config"),
    ],
)
def test_a_benchmark_that_cannot_be_run_says_why(untrained, dataset, options, config, complaint):
    if config is None:
        (untrained / "config.yml").unlink()
    else:
        (untrained / "config.yml").write_text(config, "utf-8")
    result = run(untrained, "benchmark-dataset", str(dataset), str(dataset), *options)
    assert result.exit_code == 1
    assert complaint in result.stderr


# validate


def test_knowledge_in_order_is_said_to_be(untrained):
    result = run(untrained, "validate")
    assert result.exit_code == 0
    assert "data/ " in result.stdout


def test_a_problem_is_printed_with_its_file_and_fails(untrained):
    file = untrained / "data/faq/returns.yml"
    file.write_text(file.read_text("utf-8").replace("{phone}", "{fax}"), "utf-8")
    result = run(untrained, "validate")
    assert result.exit_code == 1
    assert "returns.yml" in result.stdout
    assert "fax" in result.stdout
    assert "problems" in result.stderr


def test_a_problem_of_the_ticket_topics_is_printed_too(untrained):
    file = untrained / "data/dialogue/topics.yml"
    file.write_text(file.read_text("utf-8").replace("queue: express", "queue: fast"), "utf-8")
    result = run(untrained, "validate")
    assert result.exit_code == 1
    assert "topics.yml: 'express' has the unknown queue 'fast'" in result.stdout


def test_the_projects_own_data_can_be_used():
    assert run(ROOT, "validate").exit_code == 0


# train


def test_training_is_skipped_while_nothing_has_changed(project, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_, **__: pytest.fail("trained again"))
    result = run(project, "train")
    assert result.exit_code == 0
    assert "is up to date" in result.stderr


def test_a_model_that_is_up_to_date_becomes_the_newest(project, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_, **__: pytest.fail("trained again"))
    newer = project / "models" / "20261122-by-hand.tar.gz"
    newer.touch()
    run(project, "train")
    archive = training.archive_for(project)
    assert archive.stat().st_mtime_ns >= newer.stat().st_mtime_ns
    newer.unlink()


@pytest.mark.parametrize(
    "arguments", [("train", "--force"), ("train",)], ids=["asked for", "changed"]
)
def test_it_trains_when_asked_or_when_something_has_changed(project, monkeypatch, arguments):
    trained = []

    def train(root, *, log):
        trained.append(log)
        return training.archive_for(root)

    monkeypatch.setattr(training, "train", train)
    if arguments == ("train",):
        monkeypatch.setattr(training, "up_to_date", lambda root: None)
    result = run(project, *arguments)
    assert result.exit_code == 0
    assert trained == [project / "var/log/train.log"]
    assert " trained in " in result.stderr


def test_nothing_is_trained_from_wrong_knowledge(untrained, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_, **__: pytest.fail("trained"))
    (untrained / "data/faq/returns.yml").write_text("questions: 3", "utf-8")
    result = run(untrained, "train")
    assert result.exit_code == 1
    assert "returns.yml" in result.stderr


def test_a_failed_training_tells_the_end_of_its_log(untrained, monkeypatch):
    def fails(root, *, log):
        raise training.TrainingFailed("the end of train.log: no space left")

    monkeypatch.setattr(training, "train", fails)
    result = run(untrained, "train")
    assert result.exit_code == 1
    assert "no space left" in result.stderr


def test_the_commands_are_listed_without_arguments(project):
    shown = run(project, "--help").stdout
    for command in ("ask", "chat", "evaluate", "benchmark-dataset", "validate", "train", "run"):
        assert command in shown


# run


def test_running_on_a_taken_port_names_it_before_anything_is_started(project):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run(project, "run", JAWAB_PORT=port)
    assert result.exit_code == 1
    assert f"port {port} is in use" in result.stderr
    assert "JAWAB_PORT" in result.stderr


def test_asking_imports_neither_rasa_nor_tensorflow(project):
    program = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from jawab.cli import app\n"
        "assert CliRunner().invoke(app, ['ask', 'hello']).exit_code == 0\n"
        "print(sorted({'rasa', 'rasa_sdk', 'tensorflow', 'fastapi'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "JAWAB_ROOT": str(project)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
