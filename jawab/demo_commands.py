"""`jawab demo-data`: a believable desk to look at, made of the stories in data/demo."""

import asyncio
from datetime import datetime, timezone
from typing import Annotated

import typer

from jawab.terminal import fail, settings_or_exit


def demo_data(
    shop: Annotated[
        str | None, typer.Option("--shop", help="All of it in this shop, by its id in data/shops.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed: other times and numbers.")] = 1,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also into a database that holds something already.")
    ] = False,
) -> None:
    """Fill the desk with conversations, tickets and agents to look at; prints how to sign in.

    Made for a database of its own, which is the way to be rid of it again:

    JAWAB_DATABASE_URL=sqlite:///var/demo.db jawab demo-data
    """
    from jawab.demo import play, story
    from jawab.desk import logs
    from jawab.knowledge import KnowledgeError, load
    from jawab.support.errors import SupportError

    settings = settings_or_exit()
    logs.configure(level="WARNING", form=settings.log_format)
    try:
        knowledge = load(settings.root)
        stories = story.load(settings.root)
    except KnowledgeError as error:
        raise fail(str(error)) from error
    if shop is not None and shop not in knowledge.shops:
        raise fail(f"--shop {shop}: choose one of {', '.join(knowledge.shops)}")
    now = datetime.now(timezone.utc)
    try:
        played = asyncio.run(
            play.play(settings, knowledge, stories, now=now, seed=seed, shop=shop, anyway=anyway)
        )
    except play.NotEmpty as error:
        raise fail(
            f"{settings.database_url}: {error}; name a fresh one (JAWAB_DATABASE_URL=sqlite:///var/demo.db), "
            "or say --anyway"
        ) from error
    except SupportError as error:
        raise fail(str(error)) from error
    typer.echo(f"{played.conversations} conversations, {played.tickets} tickets")
    for login in played.logins:
        typer.echo(f"  {login:<8} {played.password}")
    if not played.logins:
        typer.echo("  the agents were there already and keep their passwords")
    typer.echo(f"sign in at http://{settings.host}:{settings.port}/desk (jawab run)")
    typer.echo(f"to undo: stop the desk, delete {settings.database_url} and begin with a fresh one")
