"""`jawab import-faq`: an FAQ that is there already, in a spreadsheet or on a page, becomes questions of data/faq."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jawab.terminal import fail, note, settings_or_exit

if TYPE_CHECKING:
    from jawab.knowledge.errors import Problem
    from jawab.learning.change import Change
    from jawab.learning.proposal import Proposal
    from jawab.settings import Settings

_MISSING = re.compile(r"has no (Persian|Arabic|English) (title|answer|examples)")


def import_faq(
    file: Annotated[
        Path, typer.Argument(help="XLSX, CSV, JSON, or a saved page with FAQPage data.")
    ],
    topic: Annotated[str, typer.Option(help="The topic it belongs to: a file of data/faq.")],
    lang: Annotated[
        str | None,
        typer.Option(help="Language of what names none: fa, ar or en; else seen from its words."),
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="Also what resembles a question that is there.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the file instead of printing the patch.")
    ] = False,
    unfinished: Annotated[
        bool,
        typer.Option(
            "--unfinished",
            help="With --apply: also what still lacks a language; the assistant cannot start before it is written.",
        ),
    ] = False,
) -> None:
    """Print the patch that adds a file's questions to a topic of data/faq, as `git apply` takes it.

    jawab import-faq faq.xlsx --topic delivery > delivery.patch

    jawab import-faq page.html --topic returns --lang ar --apply
    """
    from jawab.knowledge import KnowledgeError, load
    from jawab.learning.change import change_adding, errors_of
    from jawab.learning.proposal import LearningError
    from jawab.onboarding.errors import OnboardingError
    from jawab.onboarding.faq_files import read_rows
    from jawab.onboarding.faq_import import imported
    from jawab.text.language import Lang

    settings = settings_or_exit()
    if lang is not None and lang not in [each.value for each in Lang]:
        raise fail(f"--lang {lang}: choose fa, ar or en")
    try:
        found = imported(
            read_rows(file),
            load(settings.root),
            topic=topic,
            lang=Lang(lang) if lang else None,
            alike_too=alike,
        )
        for left in found.left:
            note(str(left))
        if not found.proposals:
            raise OnboardingError(f"{file}: nothing is new in it; the lines above say why")
        change = change_adding(settings.root, found.proposals)
        problems = errors_of(settings.root, change)
        to_do = _to_do(problems, found.proposals)
        for problem in problems:
            note(str(problem))
        if any(not each.warning and each not in to_do for each in problems):
            raise OnboardingError("nothing is imported: the file would have the errors above")
        if not apply:
            typer.echo(change.patch, nl=False)
            return
        kept = _applied(settings, change, to_do, unfinished=unfinished)
    except (OnboardingError, LearningError, KnowledgeError) as error:
        raise fail(str(error)) from error
    typer.echo(
        f"{change.path} has {len(found.proposals)} questions more; as it was it lies in {kept}"
    )
    if to_do:
        typer.echo(
            f"{len(to_do)} things are still to be written: jawab validate names each of them"
        )
    typer.echo("add examples, ten a language as people type; then jawab validate, and jawab train")


def _to_do(problems: tuple[Problem, ...], proposals: tuple[Proposal, ...]) -> tuple[Problem, ...]:
    new = {proposal.question for proposal in proposals}
    return tuple(each for each in problems if each.id in new and _MISSING.match(each.what))


def _applied(
    settings: Settings, change: Change, to_do: tuple[Problem, ...], *, unfinished: bool
) -> Path:
    from jawab.learning import change as changes
    from jawab.onboarding.errors import OnboardingError

    if to_do and not unfinished:
        raise OnboardingError(
            "nothing is written: the things above are missing, and the assistant cannot start without them; add them to "
            "the file (question_ar, answer_ar, …), or write the rest with --unfinished and go on in data/faq"
        )
    if not changes.can_apply(settings.root):
        where = settings.root / changes.FAQ
        raise OnboardingError(f"{where} cannot be written here; apply the patch by hand")
    return changes.apply(
        settings.root,
        change,
        backups=settings.var / "backups",
        now=datetime.now(timezone.utc),
        accepted=to_do,
    )
