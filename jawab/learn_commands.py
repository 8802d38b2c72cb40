"""`jawab learn …`: what shoppers wrote in vain becomes examples of the FAQ, tried before they are accepted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jawab.settings import Settings
from jawab.terminal import fail, note, settings_or_exit

if TYPE_CHECKING:
    from jawab.learning.change import Change
    from jawab.learning.groups import Group
    from jawab.learning.trial import Trial
    from jawab.understanding.evaluation import Row
    from jawab.understanding.model import Understander

SHOWN = 3  # messages of a group in the list
EXAMPLES = 12  # more of one group teach little and drown the hand-written ones

app = typer.Typer(
    help="Learn from messages that were not understood, offered in vain or voted down.",
    no_args_is_help=True,
)

Days = Annotated[int, typer.Option(min=1, help="How many days back to look.")]
Shop = Annotated[list[str] | None, typer.Option(help="Only this shop; may be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
GroupId = Annotated[int, typer.Argument(metavar="GROUP", help="A group's number in the list.")]
Question = Annotated[str, typer.Argument(help="The question's id in data/faq.")]
New = Annotated[
    Path | None,
    typer.Option("--new", help="A draft of a question that is not there yet (docs/learning.md)."),
]
Most = Annotated[int, typer.Option("--most", min=1, help="How many of its messages to add.")]


@app.command(name="list")
def list_(days: Days = 90, shop: Shop = None, as_json: AsJson = False) -> None:
    """Groups of like messages, the largest first; what is a shopper's own is masked.

    jawab learn list --days 30
    """
    shown = [_shown(group) for group in _groups(settings_or_exit(), days, shop or ())]
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for group in shown:
        counts = {**group["languages"], **group["reasons"]}
        told = ", ".join(f"{name} {number}" for name, number in counts.items())
        typer.echo(f"{group['id']:>8}  {group['messages']} messages, last {group['newest'][:10]} ({told})")  # fmt: skip
        for text in group["examples"][:SHOWN]:
            typer.echo(f"          {text}")


@app.command()
def propose(
    group: GroupId,
    question: Question,
    new: New = None,
    most: Most = EXAMPLES,
    days: Days = 90,
    shop: Shop = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the file instead of printing the patch.")
    ] = False,
) -> None:
    """Print the patch that adds a group to a question of data/faq, as `git apply` takes it.

    jawab learn propose 41 returns_how > returns.patch
    """
    from jawab.learning import change as changes
    from jawab.learning.proposal import LearningError

    settings = settings_or_exit()
    change = _change(settings, group, question, new=new, most=most, days=days, shops=shop or ())
    found = changes.errors_of(settings.root, change)
    for problem in found:
        note(str(problem))
    if any(not problem.warning for problem in found):
        raise fail("nothing is proposed: the file would have the errors above")
    if not apply:
        typer.echo(change.patch, nl=False)
        return
    if not changes.can_apply(settings.root):
        raise fail(f"{settings.root / changes.FAQ} cannot be written here; apply the patch by hand")
    try:
        kept = changes.apply(
            settings.root, change, backups=settings.var / "backups", now=datetime.now(timezone.utc)
        )
    except LearningError as error:
        raise fail(str(error)) from error
    typer.echo(f"{change.path} is changed; as it was it lies in {kept}")
    typer.echo("now train: .venv/bin/jawab train")


@app.command(name="try")
def try_(
    group: GroupId,
    question: Question,
    new: New = None,
    most: Most = EXAMPLES,
    days: Days = 90,
    shop: Shop = None,
    rows: Annotated[
        list[Path] | None,
        typer.Option(
            help="Labelled messages to try it on; evaluation/dev/*.tsv when none is named."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Train with a group added and tell which rows of the development set are won and lost.

    jawab learn try 41 returns_how
    """
    settings = settings_or_exit()
    change = _change(settings, group, question, new=new, most=most, days=days, shops=shop or ())
    trial = _tried(settings, change, _rows(settings.root, rows or ()))
    if as_json:
        typer.echo(json.dumps(trial.as_json(), ensure_ascii=False, indent=2))
        return
    for name, flips in (("won", trial.won), ("lost", trial.lost)):
        typer.echo(f"{name}: {len(flips)}")
        for flip in flips:
            typer.echo(
                f"  {flip.lang}  {flip.text}  ({flip.expected}: {flip.before} → {flip.after})"
            )
    typer.echo(f"accuracy {trial.before['accuracy']:.4f} → {trial.after['accuracy']:.4f}")


def _tried(settings: Settings, change: Change, rows: Sequence[Row]) -> Trial:
    from jawab.learning.trial import tried

    vectors = settings.var / "sentence-vectors.npz"
    return tried(
        settings.root,
        change,
        rows,
        now=_understander_of_now(settings, vectors),
        progress=lambda step, done, of: note(f"{step} {done}/{of}"),
        vectors_cache=vectors,
    )


def _understander_of_now(settings: Settings, vectors: Path) -> Understander:
    """The trained model where it is one of the files as they are, else one trained from them."""
    from jawab import training
    from jawab.learning.trial import trained
    from jawab.understanding.archive import load_understander

    archive = training.up_to_date(settings.root)
    if archive is not None:
        return load_understander(archive, cache=settings.var / "model-cache")
    note("no model of the files as they are: training one to compare with")
    return trained(settings.root, vectors_cache=vectors)


def _rows(root: Path, files: Sequence[Path]) -> list[Row]:
    from jawab.knowledge import load
    from jawab.understanding.evaluation import EvaluationError, read_rows

    knowledge = load(root)
    known = frozenset(knowledge.questions) | frozenset(knowledge.acts)
    files = files or sorted((root / "evaluation" / "dev").glob("*.tsv"))
    try:
        return [row for file in files for row in read_rows(file, known=known)]
    except EvaluationError as error:
        raise fail(str(error)) from error


def _change(
    settings: Settings,
    group: int,
    question: str,
    *,
    new: Path | None,
    most: int,
    days: int,
    shops: Sequence[str],
) -> Change:
    from jawab.learning.change import change_of
    from jawab.learning.draft import drafted
    from jawab.learning.proposal import LearningError, Proposal, examples_of

    members = next(
        (each.members for each in _groups(settings, days, shops) if each.id == group), None
    )
    if members is None:
        raise fail(f"there is no group {group}; `jawab learn list` tells them (the same --days and --shop)")  # fmt: skip
    examples = examples_of(members)[:most]
    try:
        if new is None:
            return change_of(settings.root, Proposal(question, examples))
        return change_of(settings.root, drafted(new, question, examples))
    except LearningError as error:
        raise fail(str(error)) from error


def _groups(settings: Settings, days: int, shops: Sequence[str]) -> tuple[Group, ...]:
    from jawab.learning.groups import grouped
    from jawab.support.database import Database, connect
    from jawab.support.migrate import upgrade
    from jawab.support.missed_store import MissedStore

    database = Database(connect(settings.database_url, patience=settings.database_patience))
    try:
        upgrade(database)
        since = datetime.now(timezone.utc) - timedelta(days=days)
        return grouped(MissedStore(database).missed(since=since, shops=shops))
    finally:
        database.close()


def _shown(group: Group) -> dict[str, Any]:
    from jawab.learning.proposal import examples_of

    return {
        "id": group.id,
        "messages": len(group.members),
        "newest": group.newest.isoformat(),
        "languages": group.languages,
        "reasons": group.reasons,
        "examples": [example.text for example in examples_of(group.members)],
    }
