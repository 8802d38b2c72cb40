"""Writes docs/settings.md, docs/commands.md and docs/api.md from the code: `make reference`. A test says when they are behind."""

from __future__ import annotations

import re
import socket
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import click
import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from jawab.cli import app
from jawab.desk.app import build_app
from jawab.settings import PROJECT, Settings

PAGES = {"settings.md": "settings_page", "commands.md": "commands_page", "api.md": "api_page"}
_NOTICE = "<!-- Made by `make reference` from the code; edit it there. -->"
_TARGET = re.compile(r"^([a-z-]+):[^#\n]*## (.+)$", re.M)


def settings_page() -> str:
    """Every setting with its variable, its default and what it is for."""
    rows = [
        f"| `JAWAB_{name.upper()}` | {_default(name, field)} | {_cell(field.description or '')} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            _NOTICE,
            "",
            "Each setting is an environment variable or a line `NAME=value` in the file `.env` of the project folder, where the",
            "variable wins. All have a default that suits one machine. They are read once, when a process starts: restart",
            "`jawab run` after a change. A value that cannot be is refused at the start, with the reason. `jawab doctor` looks",
            "the result over.",
            "",
            "Times are seconds (`2.5`) or ISO 8601 (`PT2.5S`, `P30D`); rates are a number and a time (`120/minute`, `10/2 seconds`);",
            "lists have commas between.",
            "",
            "| variable | default | what it is |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _default(name: str, field: FieldInfo) -> str:
    if name == "root":
        return "the project folder"
    if field.default_factory is not None:
        known: Any = {
            "root": Path(),
            "var": Path("var"),
            "port": Settings.model_fields["port"].default,
        }
        made = str(field.default_factory(known))  # type: ignore[call-arg]
        return f"`{made.replace(socket.gethostname(), '<host>')}`"
    value = field.default
    if value is None or value == () or value == {}:
        return "none"
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, SecretStr):
        raise ValueError(f"{name}: a secret has no default")
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    others = (
        f", or {', '.join(f'`{each}`' for each in choices if each != value)}" if choices else ""
    )
    return f"`{value}`{others}"


def _duration(value: timedelta) -> str:
    seconds = value.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:g} s"


def commands_page() -> str:
    """Every make target and every command of `jawab`, with its options."""
    lines = [
        "# Commands",
        "",
        _NOTICE,
        "",
        "## make",
        "",
        "| target | what it does |",
        "|---|---|",
        *(f"| `make {name}` | {_cell(told)} |" for name, told in targets()),
        "",
        "## jawab",
        "",
        "`.venv/bin/jawab`; each command tells its options with `--help`.",
        "",
    ]
    for path, command in commands():
        lines += [f"### jawab {path}", "", *_told(command), ""]
    return "\n".join(lines)


def targets() -> list[tuple[str, str]]:
    """The targets that `make help` lists, in the Makefile's order."""
    return _TARGET.findall((PROJECT / "Makefile").read_text("utf-8"))


def commands() -> list[tuple[str, click.Command]]:
    """Every command of `jawab` by its path ("agent add"), in the order of the help."""
    return list(_below(typer.main.get_command(app), ""))


def _below(group: click.Command, path: str) -> Any:
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from _below(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def _told(command: click.Command) -> list[str]:
    about, *examples = [part.strip() for part in (command.help or "").split("\n\n")]
    lines = [" ".join(about.split())]
    for part in examples:
        words = all(
            line.strip().split(" ")[0] not in ("jawab",) and "JAWAB_" not in line
            for line in part.splitlines()
        )
        lines += ["", part] if words else ["", "```", part, "```"]
    options = [each for each in command.params if each.name != "help"]
    if options:
        lines += ["", "| | |", "|---|---|"]
        lines += [
            f"| `{_written(each)}` | {_cell(getattr(each, 'help', '') or '')} |" for each in options
        ]
    return lines


def _written(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.metavar or (parameter.name or "").upper()
    return " / ".join((*parameter.opts, *parameter.secondary_opts))


def api_page() -> str:
    """Every address of the API with the first sentences of what it does, grouped as `/openapi.json` groups them."""
    groups: dict[str, list[str]] = {}
    for address, method, operation in operations():
        told = (operation.get("description") or operation["summary"]).split("\n\n")[0]
        row = f"| `{method.upper()} {address}` | {_cell(told)} |"
        groups.setdefault(operation.get("tags", ["others"])[0], []).append(row)
    lines = [
        "# The API",
        "",
        _NOTICE,
        "",
        "A running desk describes all of it, with bodies, parameters and answers, at `/openapi.json`. Shoppers' requests carry the",
        "conversation's token, agents' the session's, as `Authorization: Bearer …`. Refusals are explained in",
        "[error codes](errors.md); agents' work by example is in [live hand-over](handover.md), forms in [tickets](tickets.md),",
        "what the desk itself calls in [webhooks](webhooks.md).",
        "",
    ]
    for group, rows in groups.items():
        lines += [f"## {group.capitalize()}", "", "| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Address, method and description of everything in `/openapi.json`, in its order."""
    with TemporaryDirectory() as var:
        paths = build_app(Settings(var=Path(var))).openapi()["paths"]
    return [
        (address, method, operation)
        for address, methods in paths.items()
        for method, operation in methods.items()
    ]


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write both pages."""
    for name, maker in PAGES.items():
        (PROJECT / "docs" / name).write_text(globals()[maker](), "utf-8")


if __name__ == "__main__":
    main()
