"""`jawab learn …`: what shoppers wrote in vain becomes examples of the FAQ, tried before they are accepted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jawab.learn_sources import (
    Wanted,
    change_wanted,
    groups_of,
    rows_of,
    understander_of_now,
    vectors_of,
)
from jawab.terminal import fail, note, settings_or_exit

if TYPE_CHECKING:
    from jawab.knowledge.errors import Problem
    from jawab.learning.change import Change
    from jawab.learning.groups import Group
    from jawab.learning.trial import Trial
    from jawab.settings import Settings

SHOWN = 3  # messages of a group in the list
EXAMPLES = 12  # more of one group teach little and drown the hand-written ones

app = typer.Typer(
    help="Learn from messages that were not understood, offered in vain or voted down.",
    no_args_is_help=True,
)

Days = Annotated[int, typer.Option(min=1, help="How many days back to look.")]
Shop = Annotated[list[str] | None, typer.Option(help="Only this shop; may be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
GroupId = Annotated[
    int | None, typer.Argument(metavar="GROUP", help="A group's number in the list.")
]
Question = Annotated[str | None, typer.Argument(help="The question's id in data/faq.")]
Marked = Annotated[
    int | None,
    typer.Option("--mark", help="Instead of group and question: a mark set at /desk/learning."),
]
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
    shown = [_shown(group) for group in groups_of(settings_or_exit(), days, shop or ())]
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
    group: GroupId = None,
    question: Question = None,
    mark: Marked = None,
    new: New = None,
    most: Most = EXAMPLES,
    days: Days = 90,
    shop: Shop = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the file instead of printing the patch.")
    ] = False,
    expect: Annotated[
        str | None,
        typer.Option(help="With --apply: the digest of the patch that was looked at (--json)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the patch that adds a group to a question of data/faq, as `git apply` takes it.

    jawab learn propose 41 returns_how > returns.patch
    """
    from jawab.learning import change as changes
    from jawab.learning.proposal import LearningError

    settings = settings_or_exit()
    wanted = Wanted(mark, group, question, new, most, days, shop or ())
    try:
        change = change_wanted(settings, wanted)
        found = changes.errors_of(settings.root, change)
        if as_json and not apply:
            typer.echo(json.dumps(_proposed(settings, change, found), ensure_ascii=False))
            return
        for problem in found:
            note(str(problem))
        if any(not problem.warning for problem in found):
            raise LearningError("nothing is proposed: the file would have the errors above")
        if not apply:
            typer.echo(change.patch, nl=False)
            return
        kept = _applied(settings, change, expect)
    except LearningError as error:
        raise _refused(error, as_json=as_json) from error
    if as_json:
        typer.echo(json.dumps({"path": str(change.path), "kept": str(kept)}))
        return
    typer.echo(f"{change.path} is changed; as it was it lies in {kept}")
    typer.echo("now train: .venv/bin/jawab train")


@app.command(name="try")
def try_(
    group: GroupId = None,
    question: Question = None,
    mark: Marked = None,
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
    control: Annotated[
        bool,
        typer.Option(
            "--control",
            help="Train the unchanged data again too, from another seed: how many rows turn over without any change.",
        ),
    ] = False,
    leash: Annotated[
        bool,
        typer.Option(
            "--on-leash", hidden=True, help="Give way to others, and end with standard input."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Train with a group added and tell which rows of the development set are won and lost.

    jawab learn try 41 returns_how --control
    """
    from jawab.learning.proposal import LearningError
    from jawab.understanding.evaluation import EvaluationError

    if leash:
        from jawab.leash import on_leash

        on_leash()
    settings = settings_or_exit()
    wanted = Wanted(mark, group, question, new, most, days, shop or ())
    try:
        change = change_wanted(settings, wanted)
        trial = _tried(settings, change, rows or (), control=control)
    except (LearningError, EvaluationError) as error:
        raise _refused(error, as_json=as_json) from error
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
    if trial.control is not None:
        same = trial.control
        typer.echo(
            f"without the change, from another seed: won {same.won}, lost {same.lost}, "
            f"accuracy {same.figures['accuracy']:.4f}"
        )


def _tried(settings: Settings, change: Change, files: Sequence[Path], *, control: bool) -> Trial:
    from jawab.learning.trial import tried

    return tried(
        settings.root,
        change,
        rows_of(settings.root, files),
        now=understander_of_now(settings),
        progress=lambda step, done, of: note(f"{step} {done}/{of}"),
        vectors_cache=vectors_of(settings),
        control=control,
    )


def _applied(settings: Settings, change: Change, expect: str | None) -> Path:
    from jawab.learning import change as changes
    from jawab.learning.proposal import LearningError

    if expect is not None and expect != change.digest:
        raise LearningError(f"{change.path} was changed meanwhile; look at the change again")
    if not changes.can_apply(settings.root):
        where = settings.root / changes.FAQ
        raise LearningError(f"{where} cannot be written here; apply the patch by hand")
    backups = settings.var / "backups"
    return changes.apply(settings.root, change, backups=backups, now=datetime.now(timezone.utc))


def _proposed(settings: Settings, change: Change, found: Sequence[Problem]) -> dict[str, Any]:
    from jawab.learning.change import can_apply

    return {
        "path": change.path.as_posix(),
        "patch": change.patch,
        "digest": change.digest,
        "problems": [{"text": str(each), "warning": each.warning} for each in found],
        "can_apply": can_apply(settings.root),
    }


def _refused(error: Exception, *, as_json: bool) -> typer.Exit:
    if as_json:
        typer.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        return typer.Exit(1)
    return fail(str(error))


def _shown(group: Group) -> dict[str, Any]:
    from jawab.learning.proposal import examples_by_message

    examples = examples_by_message(group.members)
    return {
        "id": group.id,
        "messages": len(group.members),
        "oldest": min(member.at for member in group.members).isoformat(),
        "newest": group.newest.isoformat(),
        "languages": group.languages,
        "reasons": group.reasons,
        "shops": sorted({member.shop for member in group.members}),
        "members": [member.message_id for member in group.members],
        "example_messages": list(examples),
        "examples": [example.text for example in examples.values()],
    }
