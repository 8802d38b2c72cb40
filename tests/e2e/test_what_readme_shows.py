"""What README shows is what its reader gets: the questions and their answers, and the first commands, in the order of the page."""

import shutil
import subprocess

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from jawab import training
from jawab.cli import app
from jawab.knowledge import load
from jawab.settings import PROJECT

from ..unit.docs.shown import MORE, answered, jawab_lines

PAGES = [PROJECT / name for name in ("README.md", "README.fa.md", "README.ar.md")]
SHOWN = [(page.name, each) for page in PAGES for each in answered(page)]
QUESTION = ("question_fa", "answer_fa", "question_ar", "answer_ar", "question_en", "answer_en")
CARD = (
    "آیا کارت تبریک کنار هدیه می‌گذارید؟", "بله.", "هل تضعون بطاقة تهنئة مع الهدية؟", "نعم.",
    "Can a greeting card go with a present?", "Yes.",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _model():
    if training.up_to_date(PROJECT) is None:
        training.train(PROJECT, log=PROJECT / "var" / "log" / "train.log")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """What a reader's clone holds, in a folder of its own."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(PROJECT / "data", folder / "data")
    for name in ("config.yml", "domain.yml", "requirements.txt"):
        shutil.copy(PROJECT / name, folder)
    for name in ("jawab", "models", "widget"):
        (folder / name).symlink_to(PROJECT / name)
    sheet = Workbook()
    sheet.active.append(QUESTION)
    sheet.active.append(CARD)
    sheet.save(folder / "faq.xlsx")
    return folder


def typed(arguments, root=PROJECT, input=None):
    """What a command prints; no setting of the machine has a part in it."""
    environment = {"JAWAB_ROOT": str(root), "JAWAB_VAR": str(root / "var")}
    done = CliRunner().invoke(app, list(arguments), input=input, env=environment)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    "shown", [pytest.param(each, id=f"{name}: {each.arguments[2]}") for name, each in SHOWN]
)
def test_the_assistant_says_what_the_page_shows(shown):
    program, *arguments = shown.arguments
    assert program == "jawab"
    said = typed(arguments).rstrip("\n").split("\n")
    told = list(shown.lines)
    if told[-1] == MORE:
        told.pop()
        assert len(said) > len(told)
        said = said[: len(told)]
    assert said == told


def test_questions_of_all_three_languages_are_shown():
    assert len(SHOWN) >= 8
    assert {each.arguments[1] for _, each in SHOWN} == {"ask"}


def test_the_first_commands_do_what_readme_says(project, monkeypatch):
    monkeypatch.chdir(project)
    lines = list(jawab_lines(PROJECT / "README.md"))
    first = lines[len(list(answered(PROJECT / "README.md"))) :]
    assert [line[0] for line in first] == ["ask", "new-shop", "import-faq", "chat"]
    ask, new_shop, import_faq, chat = first
    assert typed(ask, project).strip()
    typed(new_shop, project, input="\n" * 40)
    assert "my_shop" in load(project).shops
    assert typed(("ask", "how do I return an item", "--shop", "my_shop"), project).strip()
    assert "Can a greeting card go with a present?" in typed(import_faq, project)
    assert "> " in typed(chat, project, input="سلام\n\n")


@pytest.mark.parametrize("target", ["help", "validate"])
def test_quick_targets_run(target):
    done = subprocess.run(["make", target], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
