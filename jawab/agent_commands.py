"""`jawab agent …`: who may come in as an agent. Nobody is there from the start, and no password is given by us."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from jawab.settings import Settings
from jawab.terminal import fail, settings_or_exit

if TYPE_CHECKING:
    from jawab.support.agents.administration import AgentAdministration
    from jawab.support.agents.store import AgentStore

CONSOLE = "jawab agent"  # who did it, in the history of accounts
E = TypeVar("E", bound=Enum)

app = typer.Typer(help="Agents: the people who answer at /desk.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="What the agent signs in with: a name or an e-mail.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The name shoppers read.")],
    role: Annotated[str, typer.Option(help="agent, lead or owner.")] = "agent",
    shop: Annotated[list[str] | None, typer.Option(help="Only this shop; may be repeated.")] = None,
    queue: Annotated[
        list[str] | None,
        typer.Option(help="Only shoppers, sellers, express or complaints; may be repeated."),
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(help="Only fa, ar or en; may be repeated.")
    ] = None,
    password_stdin: FromStdin = False,
) -> None:
    """Add an agent; the password is asked for and never shown.

    jawab agent add sara --name سارا --role owner
    """
    from jawab.knowledge import load
    from jawab.support.agents.agent import NewAgent, Role
    from jawab.support.tickets.ticket import Queue
    from jawab.text.language import Lang

    settings = settings_or_exit()
    _choices("--shop", shop or (), tuple(load(settings.root).shops))
    new = NewAgent(
        login,
        name,
        _members("--role", (role,), Role)[0],
        tuple(shop or ()),
        _members("--queue", queue or (), Queue),
        _members("--lang", lang or (), Lang),
    )
    with _accounts(settings) as (_, accounts):
        added = accounts.add(new, _password(password_stdin), by=CONSOLE, now=_now())
    typer.echo(f"{added.login} may sign in at http://{settings.host}:{settings.port}/desk")


@app.command(name="list")
def list_() -> None:
    """Every agent: login, role, name, and what they are limited to."""
    with _accounts(settings_or_exit()) as (agents, _):
        for agent in agents.everybody():
            named: list[Enum] = [*agent.queues, *agent.languages]
            limits = [*agent.shops, *(str(each.value) for each in named)]
            state = "" if agent.active else "  (disabled)"
            typer.echo(
                f"{agent.login:<24} {agent.role.value:<6} {agent.name}  {' '.join(limits)}{state}"
            )


@app.command()
def password(login: Login, password_stdin: FromStdin = False) -> None:
    """Give an agent another password; every session of theirs ends."""
    with _accounts(settings_or_exit()) as (agents, accounts):
        agent = agents.named(login)
        accounts.set_password(agent.id, _password(password_stdin), by=CONSOLE, now=_now())
    typer.echo(f"{login} has another password")


@app.command()
def disable(login: Login) -> None:
    """Let an agent in no more; what they wrote stays under their name."""
    with _accounts(settings_or_exit()) as (agents, accounts):
        accounts.set_active(agents.named(login).id, False, by=CONSOLE, now=_now())
    typer.echo(f"{login} may no longer come in")


@app.command()
def enable(login: Login) -> None:
    """Let a disabled agent in again."""
    with _accounts(settings_or_exit()) as (agents, accounts):
        accounts.set_active(agents.named(login).id, True, by=CONSOLE, now=_now())
    typer.echo(f"{login} may come in again")


def nobody_can_sign_in(settings: Settings) -> bool:
    """Whether there is no agent yet."""
    with _accounts(settings) as (agents, _):
        return agents.count() == 0


@contextmanager
def _accounts(settings: Settings) -> Iterator[tuple[AgentStore, AgentAdministration]]:
    from jawab.support.agents.administration import AgentAdministration
    from jawab.support.agents.store import AgentStore
    from jawab.support.database import Database, connect
    from jawab.support.errors import SupportError
    from jawab.support.migrate import upgrade

    database = Database(connect(settings.database_url, patience=settings.database_patience))
    try:
        upgrade(database)
        yield AgentStore(database), AgentAdministration(database)
    except SupportError as error:
        raise fail(str(error)) from error
    finally:
        database.close()


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("password", hide_input=True, confirmation_prompt=True))


def _members(option: str, given: Sequence[str], kind: type[E]) -> tuple[E, ...]:
    _choices(option, given, [member.value for member in kind])
    return tuple(kind(value) for value in given)


def _choices(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            raise fail(f"{option} {value}: choose one of {', '.join(known)}")
