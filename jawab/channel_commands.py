"""`jawab channel …`: the shop's accounts of messaging apps. Their secrets are in a file that nobody else may read."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jawab import mail_check
from jawab.settings import Settings
from jawab.terminal import fail, settings_or_exit

if TYPE_CHECKING:
    from jawab.channels.account import Account
    from jawab.channels.contract import Channel

_SECRET_BYTES = 32
EMAIL = "email"

app = typer.Typer(help="Messaging apps in which shoppers write.", no_args_is_help=True)

App = Annotated[str, typer.Argument(help="telegram, bale, whatsapp…")]


@app.command()
def add(
    app_name: App,
    shop: Annotated[str, typer.Option(help="The shop that answers, by its id in data/shops.")],
    name: Annotated[str | None, typer.Option(help="The account's name; else SHOP-APP.")] = None,
    public: Annotated[
        str | None,
        typer.Option(
            help="The desk's public address, as https://desk.example; without it: polled."
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Where the app is reached, if not at its own address.")
    ] = None,
    proxy: Annotated[str | None, typer.Option(help="Through which proxy.")] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="KEY=VALUE of the app's own; may be repeated.")
    ] = None,
    secrets_stdin: Annotated[
        bool,
        typer.Option("--secrets-stdin", help="Read the secrets from standard input, one a line."),
    ] = False,
) -> None:
    """Add an account: its secrets are asked for, it is checked, and its updates are sent here or polled.

    jawab channel add telegram --shop digikala --public https://desk.example
    """
    from jawab.channels import accounts
    from jawab.channels.apps import APPS
    from jawab.channels.contract import ChannelError

    settings = settings_or_exit()
    if app_name == EMAIL:
        raise fail(mail_check.HOW_TO)
    kind = APPS.get(app_name)
    if kind is None:
        raise fail(f"{app_name}: choose one of {', '.join(APPS)}")
    shops = _shops(settings)
    if shop not in shops:  # before a secret is typed in vain
        raise fail(f"--shop: is one of {', '.join(shops)}")
    name = name or f"{shop}-{app_name}"
    given = [one.partition("=") for one in option or ()]
    values: dict[str, Any] = {"app": app_name, "shop": shop}
    for secret in kind.secrets:
        made = secret in kind.made
        values[secret] = secrets.token_hex(_SECRET_BYTES) if made else _ask(secret, secrets_stdin)
    values |= {key: value for key, _, value in given}
    values["updates"] = "webhook" if public or kind.sends_only else "poll"
    values |= {key: value for key, value in (("base_url", base_url), ("proxy", proxy)) if value}
    path = settings.channels_file
    try:
        written = accounts.read(path)
        if name in written:
            raise ChannelError(f"{name} is there already; choose another --name, or edit {path}")
        account = accounts.account_of(path, name, values, shops=shops)
        told = _with(account, lambda channel: _begin(channel, account, public))
        accounts.write(path, {**written, name: {**values, **told.kept}})
    except ChannelError as error:
        raise fail(str(error)) from error
    for line in told.lines:
        typer.echo(line)
    typer.echo(f"{name} stands in {path}; it is served when the desk is started again")


@app.command(name="list")
def list_() -> None:
    """Every account: name, app, shop and how its updates come; then how mails come."""
    settings = settings_or_exit()
    accounts, ways = _accounts(settings), tuple(mail_check.ways(settings))
    for account in accounts:
        typer.echo(f"{account.name:<28} {account.app:<10} {account.shop:<12} {account.updates}")
    for way in ways:
        typer.echo(f"{way.name:<28} {way.told}")
    if not accounts and not ways:
        typer.echo("there is no account yet; `jawab channel add APP --shop SHOP` adds one")


@app.command()
def check(
    name: Annotated[str | None, typer.Argument(help="One account; else all.")] = None,
) -> None:
    """Ask each app whether the account is as it should be, and sign in to each mailbox."""
    from jawab.channels.contract import ChannelError

    settings = settings_or_exit()
    accounts = [each for each in _accounts(settings) if name in (None, each.name)]
    boxes = [way for way in mail_check.tried(settings) if name in (None, way.name)]
    if not accounts and not boxes:
        raise fail(f"{name}: there is no such account" if name else "there is no account")
    wrong = 0
    for account in accounts:
        try:
            typer.echo(f"{account.name}: {_with(account, lambda channel: channel.check())}")
        except ChannelError as error:
            wrong += 1
            typer.echo(str(error), err=True)
    for way in boxes:
        wrong += way.problem
        typer.echo(f"{way.name}: {way.told}", err=way.problem)
    if wrong:
        raise fail(f"{wrong} of {len(accounts) + len(boxes)} accounts cannot be used")


class _Told:
    """What was done, in words, and what is kept of it."""

    def __init__(self, lines: list[str], kept: dict[str, str]) -> None:
        self.lines = lines
        self.kept = kept


async def _begin(channel: Channel, account: Account, public: str | None) -> _Told:
    from jawab.channels.apps import APPS
    from jawab.channels.contract import ChannelError, Polled, Registered

    who = await channel.check()
    kept = {}
    if who.startswith("@") and "username" in APPS[account.app].options:
        kept["username"] = who[1:]
    lines = [f"{account.name} is {who}"]
    if APPS[account.app].sends_only:
        return _Told(lines, kept)
    if public is None:
        if not isinstance(channel, Polled):
            raise ChannelError(f"{account.app} cannot be polled; give --public https://…")
        lines.append(await channel.unregister() if isinstance(channel, Registered) else "polled")
        return _Told(lines, kept)
    address = f"{public.rstrip('/')}/channels/{account.name}"
    if isinstance(channel, Registered):
        lines.append(await channel.register(address))
    else:
        lines.append(f"give the app this address: {address}")
    return _Told(lines, kept)


def _with(account: Account, do: Callable[[Channel], Awaitable[Any]]) -> Any:
    """Do this with the account's channel, and close its connections."""
    from jawab.channels.accounts import client_of, open_channel

    async def run() -> Any:
        async with client_of(account) as client:
            return await do(open_channel(account, client))

    return asyncio.run(run())


def _accounts(settings: Settings) -> tuple[Account, ...]:
    from jawab.channels.accounts import load
    from jawab.channels.contract import ChannelError

    try:
        return load(settings.channels_file, shops=_shops(settings))
    except ChannelError as error:
        raise fail(str(error)) from error


def _shops(settings: Settings) -> tuple[str, ...]:
    from jawab.knowledge import load

    return tuple(load(settings.root).shops)


def _ask(secret: str, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().strip()
    return str(typer.prompt(secret, hide_input=True)).strip()
