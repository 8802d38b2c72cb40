"""`jawab import-faq` in a small project: new questions come in, known ones stay out, what is missing is named."""

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jawab.cli import app
from jawab.knowledge import load
from jawab.knowledge.validate import problems
from jawab.text.language import Lang

from ..learning.small_project import small_project

ROOT = Path(__file__).parents[3]
WHOLE = """\
id,question_fa,answer_fa,question_ar,answer_ar,question_en,answer_en
card_on_gift,آیا کارت تبریک کنار هدیه می‌گذارید؟,بله: «کارت تبریک» را بزنید.,هل تضعون بطاقة تهنئة مع الهدية؟,نعم.,Can a greeting card go with a present?,"Yes, # free."
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return small_project(ROOT, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def project(kept, tmp_path, monkeypatch):
    shutil.copytree(kept, tmp_path / "project")
    monkeypatch.setenv("JAWAB_ROOT", str(tmp_path / "project"))
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path / "var"))
    return tmp_path / "project"


def import_faq(project, content, *arguments, name="faq.csv", topic="order"):
    file = project.parent / name
    file.write_text(content, "utf-8")
    return CliRunner().invoke(app, ["import-faq", str(file), "--topic", topic, *arguments])


def test_a_whole_question_comes_as_a_patch_that_git_applies(project):
    done = import_faq(project, WHOLE)
    assert done.exit_code == 0, done.output
    assert "card_on_gift" not in load(project).questions  # the patch alone changes nothing
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    subprocess.run(["git", "apply", "-"], cwd=project, check=True, input=done.stdout.encode())
    question = load(project).questions["card_on_gift"]
    assert question.topic == "order"
    assert question.title[Lang.EN] == "Can a greeting card go with a present?"
    assert question.answer[Lang.EN] == "Yes, # free."
    assert {(e.lang, e.variety) for e in question.examples} == {
        (Lang.FA, "formal"),
        (Lang.AR, "msa"),
        (Lang.EN, "plain"),
    }


def test_apply_writes_and_keeps_the_old_file(project):
    before = (project / "data/faq/order.yml").read_text("utf-8")
    done = import_faq(project, WHOLE, "--apply")
    assert done.exit_code == 0, done.output
    assert "jawab train" in done.stdout
    assert "card_on_gift" in load(project).questions
    (old,) = (project.parent / "var" / "backups").iterdir()
    assert old.read_text("utf-8") == before


def test_what_lacks_a_language_is_written_only_when_wanted_and_named_by_validation(project):
    content = "question;answer\nهل تضعون بطاقة تهنئة مع الهدية؟;نعم.\n"
    before = (project / "data/faq/order.yml").read_text("utf-8")
    refused = import_faq(project, content, "--apply")
    assert refused.exit_code == 1
    assert "--unfinished" in refused.stderr
    assert (project / "data/faq/order.yml").read_text("utf-8") == before
    done = import_faq(project, content, "--apply", "--unfinished")
    assert done.exit_code == 0, done.output
    assert "6 things are still to be written" in done.stdout
    written = (project / "data/faq/order.yml").read_text("utf-8")
    assert written.startswith(before.rstrip("\n"))
    assert written.count("# to do: fa") == written.count("# to do: en") == 3
    told = {(each.id, each.remedy) for each in problems(project) if not each.warning}
    assert told == {
        ("order_imported_1", f"add {part}.{lang}")
        for part in ("title", "answer", "examples")
        for lang in ("fa", "en")
    }


def test_known_questions_stay_out_and_are_named(project):
    content = WHOLE.replace("card_on_gift", "returns_how") + (
        ",چگونه کالا را مرجوع کنم؟,از سایت.,,,,\n"
        ",,,,,How do I return some item?,Online.\n"
        ",,,,,Can a greeting card go with a present,Yes.\n"
        ",,,,,What about {shop}?,Yes.\n"
        ",,,,,Only a question?,\n"
    )
    done = import_faq(project, content)
    assert done.exit_code == 0, done.output
    for told in (
        "the same as 'چطور کالا را مرجوع کنم؟' of returns_how",
        "resembles returns_how",
        "of order_imported_1",  # the file's own first question, whose id was taken
        "has a brace",
        "no answer in en",
    ):
        assert told in done.stderr
    assert done.stdout.count("- id: ") == 1


def test_what_only_resembles_comes_in_when_wanted(project):
    content = "question,answer\nHow do I return some item?,Online.\n"
    nothing = import_faq(project, content)
    assert nothing.exit_code == 1
    assert "--alike" in nothing.stderr
    assert "+      en: How do I return some item?" in import_faq(project, content, "--alike").stdout


def test_a_language_is_named_by_the_file_or_told_or_seen(project):
    content = "question,answer,lang\nکارت تبریک دارید؟,بله,fa\nGreeting cards?,Yes,\n"
    assert "+      en: Greeting cards?" in import_faq(project, content).stdout
    assert "+      ar: Greeting cards?" in import_faq(project, content, "--lang", "ar").stdout


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("--topic", "gifts"), "choose one of account, contact"),
        (("--lang", "de"), "choose fa, ar or en"),
    ],
)
def test_every_refusal_names_its_remedy(project, arguments, remedy):
    refused = import_faq(project, WHOLE, *arguments)
    assert refused.exit_code == 1
    assert remedy in refused.stderr
