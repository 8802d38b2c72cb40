"""`jawab doctor`: is this installation well, and if not, how to mend it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Annotated

import typer

from jawab.terminal import fail, settings_or_exit

_MARKS = {"well": "✓", "note": "·", "warning": "!", "broken": "✗"}
_COLOURS = {"well": "green", "note": None, "warning": "yellow", "broken": "red"}


def doctor(
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask no messaging app and no mail server.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Look this installation over: what is well, what is not, and how to mend it. Exit code 1 when something is broken.

    jawab doctor --offline
    """
    from jawab.doctor.examination import examined
    from jawab.doctor.finding import Level

    found = []
    for finding in examined(settings_or_exit(), now=datetime.now(timezone.utc), ask=not offline):
        found.append(finding)
        if as_json:
            continue
        mark = typer.style(_MARKS[finding.level], fg=_COLOURS[finding.level])
        typer.echo(f"{mark} {finding.about:<14} {finding.told}")
        if finding.mend:
            typer.echo(f"  {'':<14} → {finding.mend}")
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    wrong = sum(each.level is Level.BROKEN for each in found)
    if wrong:
        raise fail(f"{wrong} of {len(found)} things are broken")
