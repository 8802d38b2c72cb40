"""`jawab train` and `jawab run`: the model, and the three processes that serve with it."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from typing import Annotated

import typer

from jawab import agent_commands
from jawab.settings import Settings
from jawab.terminal import fail, note, settings_or_exit


def train(
    force: Annotated[bool, typer.Option(help="Train even when nothing has changed.")] = False,
) -> None:
    """Train the model into models/, unless nothing it depends on has changed."""
    _trained(settings_or_exit(), force=force)


def run() -> None:
    """Start Rasa, the action server and the desk, print the addresses; Ctrl-C ends all."""
    from rich.console import Console

    from jawab import supervisor

    settings = settings_or_exit()
    console = Console(stderr=True)
    try:
        supervisor.check_ports(settings)
    except supervisor.PortTaken as error:
        raise fail(str(error)) from error
    _trained(settings, force=False)
    running = supervisor.services(settings)
    with supervisor.stop_signals() as stopping:
        try:
            with console.status("starting Rasa, actions and desk (Rasa takes the longest)"):
                supervisor.start_all(
                    running,
                    settings.root,
                    stopping=stopping,
                    progress=lambda service, seconds: console.print(
                        f"  [green]✓[/] {service.name} is ready after {seconds:.0f} s"
                    ),
                )
            if not stopping():
                _print_addresses(settings)
                supervisor.keep_alive(
                    running, settings.root, stopping=stopping, report=console.print
                )
        except supervisor.StartFailed as error:
            raise fail(str(error)) from error
        finally:
            with console.status("stopping"):
                supervisor.stop_all(running)


def _print_addresses(settings: Settings) -> None:
    from jawab.knowledge import load

    address = f"http://{settings.host}:{settings.port}"
    typer.echo("")
    for shop in load(settings.root).shops.values():
        typer.echo(f"  demo shop  {address}/demo/{shop.id:<10} {shop.name[shop.language]}")
    typer.echo(f"  desk       {address}/desk")
    if agent_commands.nobody_can_sign_in(settings):
        typer.echo(
            "             nobody can sign in yet: .venv/bin/jawab agent add LOGIN --name NAME --role owner"
        )
    typer.echo(f"  state      {address}/desk/state")
    typer.echo(f"  logs       {settings.var / 'log'}")
    typer.echo("  Ctrl-C ends all")
    sys.stdout.flush()


def _trained(settings: Settings, *, force: bool) -> None:
    from rich.console import Console

    from jawab import training
    from jawab.knowledge.validate import problems

    found = [problem for problem in problems(settings.root) if not problem.warning]
    if found:
        raise fail("\n".join(str(problem) for problem in found))
    archive = None if force else training.up_to_date(settings.root)
    if archive is not None:
        archive.touch()
        note(f"model {archive.name} is up to date")
        return
    console = Console(stderr=True)
    begin = datetime.now(timezone.utc)
    try:
        with console.status("training the model (about a minute)"):
            archive = training.train(settings.root, log=settings.var / "log" / "train.log")
    except training.TrainingFailed as error:
        raise fail(str(error)) from error
    seconds = (datetime.now(timezone.utc) - begin).total_seconds()
    note(f"model {archive.name} trained in {seconds:.0f} s")
