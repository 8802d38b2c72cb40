"""`jawab learn …` from messages in a database to a changed file, in a small project of its own."""

import json
import shutil
import subprocess
from datetime import datetime, timezone
from pathlib import Path

import pytest
import yaml
from sqlalchemy import insert
from typer.testing import CliRunner

from jawab.learn_commands import app
from jawab.settings import Settings
from jawab.support.agents.agent import Agent, Role
from jawab.support.database import Database, connect
from jawab.support.learning.mark import MarkKind, NewMark
from jawab.support.learning.mark_store import MarkStore
from jawab.support.migrate import upgrade
from jawab.support.tables import conversations, messages, turns

ROOT = Path(__file__).parents[2]
TEXTS = (
    "ربات آبی گنده رو چجوری پسش بدم 09351112233",
    "ربات آبی گندهه رو چجوری پسش بدم",
    "ربات آبي گنده رو چطوری پسش بدم",
)
DOCS = (ROOT / "docs/learning.md").read_text("utf-8")
DRAFT = DOCS.split("```yaml\n")[1].split("```")[0]  # what the page shows is what works


@pytest.fixture
def project(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "config.yml", tmp_path)
    monkeypatch.setenv("JAWAB_ROOT", str(tmp_path))
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path / "var"))
    settings = Settings()
    assert settings.root == tmp_path
    database = Database(connect(settings.database_url, patience=settings.database_patience))
    upgrade(database)
    now = datetime.now(timezone.utc)
    with database.writing() as connection:
        connection.execute(
            insert(conversations).values(
                id="c", shop="digikala", lang="fa", owner="bot", created_at=now
            )
        )
        for text in TEXTS:
            id = connection.execute(
                insert(messages).values(
                    conversation_id="c", author="shopper", text=text, lang="fa",
                    created_at=now, buttons=[],
                )
            ).inserted_primary_key[0]  # fmt: skip
            connection.execute(
                insert(turns).values(
                    message_id=id, conversation_id="c", state="answered", attempts=1,
                    queued_at=now, outcome="not_understood",
                )
            )  # fmt: skip
    database.close()
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def the_group():
    (group,) = json.loads(run("list", "--json").stdout)
    return group


def returns(project):
    return (project / "data/faq/returns.yml").read_text("utf-8")


def test_like_messages_are_listed_as_one_group_without_the_shoppers_own(project):
    group = the_group()
    assert group["messages"] == 3
    assert group["reasons"] == {"not_understood": 3}
    listed = run("list").output
    assert "3 messages" in listed
    assert "ربات" in listed
    assert "09351112233" not in listed


def test_the_printed_patch_is_taken_by_git_and_applying_writes_the_same(project):
    before, id = returns(project), the_group()["id"]
    result = run("propose", id, "returns_how")
    assert result.exit_code == 0
    patch = result.stdout[result.stdout.index("diff --git") :]
    assert returns(project) == before
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=project, check=True)
    patched = returns(project)
    assert patched != before
    (project / "data/faq/returns.yml").write_text(before, "utf-8")
    assert run("propose", id, "returns_how", "--apply").exit_code == 0
    assert returns(project) == patched
    (kept,) = (project / "var/backups").iterdir()
    assert kept.read_text("utf-8") == before


def test_a_new_question_comes_from_a_draft_and_a_broken_draft_is_told(project):
    draft, id = project / "draft.yml", the_group()["id"]
    draft.write_text(DRAFT, "utf-8")
    assert run("propose", id, "used_phones", "--new", draft, "--apply").exit_code == 0
    assert "- id: used_phones" in returns(project)
    draft.write_text("topic: returns", "utf-8")
    broken = run("propose", id, "other_phones", "--new", draft)
    assert broken.exit_code == 1
    assert "not the draft" in broken.output


def test_an_unknown_group_or_question_is_told(project):
    assert "no group 999" in run("propose", 999, "returns_how").output
    assert "no_such" in run("propose", the_group()["id"], "no_such").output


def marked(settings, kind, **more):
    database = Database(connect(settings.database_url, patience=settings.database_patience))
    owner = Agent(id=1, login="sara", name="سارا", role=Role.OWNER)
    made = NewMark(kind, tuple(the_group()["members"]), ("digikala",), **more)
    mark = MarkStore(database).add(made, by=owner, now=datetime.now(timezone.utc))
    database.close()
    return mark.id


def test_a_mark_proposes_the_examples_that_were_chosen_and_applies_what_was_looked_at(project):
    examples = the_group()["example_messages"]
    mark = marked(Settings(), MarkKind.QUESTION, examples=(examples[0],), question="returns_how")
    shown = json.loads(run("propose", "--mark", mark, "--json").stdout)
    assert (shown["path"], shown["problems"], shown["can_apply"]) == ("data/faq/returns.yml", [], True)  # fmt: skip
    assert sum(line.startswith("+ ") for line in shown["patch"].splitlines()) == 1
    other = run("propose", "--mark", mark, "--apply", "--expect", "another", "--json")
    assert other.exit_code == 1
    assert "meanwhile" in json.loads(other.stdout)["error"]
    done = run("propose", "--mark", mark, "--apply", "--expect", shown["digest"], "--json")
    assert Path(json.loads(done.stdout)["kept"]).is_file()
    again = run("propose", "--mark", mark, "--json")
    assert "already" in json.loads(again.stdout)["error"]


def test_a_mark_with_a_draft_proposes_a_new_question_and_an_ignored_one_nothing(project):
    draft = yaml.safe_load(DRAFT)
    examples = tuple(the_group()["example_messages"])
    mark = marked(Settings(), MarkKind.NEW, examples=examples, question="used_phones", draft=draft)
    assert "- id: used_phones" in run("propose", "--mark", mark).stdout
    ignored = marked(Settings(), MarkKind.IGNORED)
    assert "proposes nothing" in run("propose", "--mark", ignored).output
    assert "no mark 99" in run("try", "--mark", 99).output
    assert "--mark" in run("propose").output
