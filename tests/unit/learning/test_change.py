"""A proposal becomes lines in the right place of the right file, and a patch that git applies."""

import shutil
import subprocess
from datetime import datetime, timezone

import pytest

from jawab.knowledge.validate import problems
from jawab.learning.change import apply, change_of, errors_of
from jawab.learning.faq_edit import with_proposal
from jawab.learning.proposal import (
    LearningError,
    NewExample,
    NewQuestion,
    Proposal,
    examples_of,
)
from jawab.support.learning.missed import Missed, Why
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, tzinfo=timezone.utc)
FILE = """\
# the shop's own comment
topic: tests
questions:
  - id: first  # stays
    title:
      fa: یک
    examples:
      fa:
        formal: |
          مثال رسمی
        # about the next ones
        colloquial: |
          مثال خودمونی

      en:
        plain: |
          an example

  # about the second
  - id: second
    examples:
      fa:
        formal: |
          دومی
"""
FAQ = {
    Lang.FA: ("گوشی کارکرده می‌خرید؟", "بله، گوشی کارکرده می‌خریم: «فروش به ما» را بزنید."),
    Lang.AR: ("هل تشترون الهواتف المستعملة؟", "نعم، اضغطوا على «بيع لنا»."),
    Lang.EN: ("Do you buy used phones?", "Yes.\n\nTap: Sell to us."),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(root / "data", folder / "data")
    shutil.copy(root / "config.yml", folder / "config.yml")
    return folder


def added(question, *examples):
    return Proposal(question, tuple(NewExample(*example) for example in examples))


def new_question():
    return Proposal(
        "used_phones",
        (
            NewExample("گوشی دست دوممو ازم می‌خرین", Lang.FA, "colloquial"),
            NewExample("تشترون جوالي القديم من عندي", Lang.AR, "gulf"),
            NewExample("will you buy my old phone from me", Lang.EN, "chatty"),
        ),
        NewQuestion(
            "returns",
            {lang: title for lang, (title, _) in FAQ.items()},
            {lang: answer for lang, (_, answer) in FAQ.items()},
        ),
    )


@pytest.mark.parametrize(
    ("question", "example", "before", "after"),
    [
        (
            "first",
            ("تازه", Lang.FA, "colloquial"),
            "          مثال خودمونی\n",
            "          مثال خودمونی\n          تازه\n",
        ),
        (
            "first",
            ("تازه", Lang.FA, "formal"),
            "          مثال رسمی\n",
            "          مثال رسمی\n          تازه\n",
        ),
        (
            "first",
            ("hey", Lang.EN, "chatty"),
            "          an example\n",
            "          an example\n        chatty: |\n          hey\n",
        ),
        (
            "first",
            ("تجربة", Lang.AR, "msa"),
            "          an example\n",
            "          an example\n      ar:\n        msa: |\n          تجربة\n",
        ),
        (
            "second",
            ("تازه", Lang.FA, "formal"),
            "          دومی\n",
            "          دومی\n          تازه\n",
        ),
    ],
    ids=["a variety", "before a comment", "a new variety", "a new language", "the last question"],
)
def test_an_example_goes_to_its_block_and_every_other_line_stays(question, example, before, after):
    changed = with_proposal(FILE, added(question, example))
    assert changed == FILE.replace(before, after)


def test_an_unknown_question_is_told():
    with pytest.raises(LearningError, match="no question 'third'"):
        with_proposal(FILE, added("third", ("x", Lang.EN, "plain")))


def test_examples_that_are_there_already_are_no_change(project):
    change = change_of(project, added("returns_how", ("یه چیز کاملا تازه", Lang.FA, "colloquial")))
    line = next(
        line for line in change.before.splitlines() if "نحوه مرجوع کردن کالا" in line
    ).strip()
    with pytest.raises(LearningError, match="already"):
        change_of(project, added("returns_how", (line, Lang.FA, "formal")))


def test_git_applies_the_patch_and_the_validation_passes(project, tmp_path):
    for proposal in (
        added("returns_how", ("یه ربات آبی دارم پسش بدم به کی", Lang.FA, "colloquial")),
        new_question(),
    ):
        copy = tmp_path / proposal.question
        shutil.copytree(project, copy)
        change = change_of(copy, proposal)
        assert errors_of(copy, change) == ()
        subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
        subprocess.run(["git", "apply", "-"], input=change.patch.encode(), cwd=copy, check=True)
        assert (copy / change.path).read_text("utf-8") == change.after
        assert [p for p in problems(copy) if not p.warning] == []


def test_what_the_validation_finds_is_told_and_not_applied(project, tmp_path):
    change = change_of(project, added("returns_how", ("سفارشم کجاست", Lang.FA, "colloquial")))
    assert any("also stands under" in problem.what for problem in errors_of(project, change))
    with pytest.raises(LearningError, match="also stands under"):
        apply(project, change, backups=tmp_path, now=NOW)
    assert (project / change.path).read_text("utf-8") == change.before


def test_applying_keeps_the_old_file_and_notices_another_hand(project, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    change = change_of(copy, new_question())
    kept = apply(copy, change, backups=tmp_path / "kept", now=NOW)
    assert kept.read_text("utf-8") == change.before
    assert (copy / change.path).read_text("utf-8") == change.after
    with pytest.raises(LearningError, match="meanwhile"):
        apply(copy, change, backups=tmp_path / "kept", now=NOW)


def test_a_new_question_wants_everything_in_three_languages(project):
    whole = new_question()
    for broken, said in (
        (Proposal(whole.question, whole.examples[:2], whole.new), "no example in en"),
        (
            Proposal(
                whole.question,
                whole.examples,
                NewQuestion("returns", {**whole.new.title, Lang.AR: " "}, whole.new.answer),
            ),
            "no title in ar",
        ),
    ):
        with pytest.raises(LearningError, match=said):
            change_of(project, broken)


def test_messages_become_masked_examples_each_once():
    texts = ("سفارش ۹۸۷۶۵۴۳۲ کو", "سفارش 98765431 کو؟", "sefareshe man koo")
    found = examples_of(
        [Missed(n, text, Lang.FA, "digikala", NOW, Why.OFFERED) for n, text in enumerate(texts)]
    )
    assert [(e.text, e.variety) for e in found] == [
        ("سفارش ۱۲۳۴۵۶۷۸ کو", "colloquial"),
        ("sefareshe man koo", "finglish"),
    ]
