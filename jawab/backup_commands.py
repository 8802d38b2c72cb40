"""`jawab backup` and `jawab restore`: everything an installation keeps, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jawab.settings import Settings
from jawab.terminal import fail, note, settings_or_exit

if TYPE_CHECKING:
    from jawab.backup.places import Places

SECRET_KEY = "secret.key"  # noqa: S105 a file's name


def backup(
    to: Annotated[
        Path, typer.Argument(metavar="FILE.tar.gz", help="A file that is not there yet.")
    ],
    with_secrets: Annotated[
        bool,
        typer.Option(
            "--with-secrets",
            help="Also the accounts of messaging apps and the key that signs shoppers' tokens.",
        ),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file.")] = False,
) -> None:
    """Write everything that is kept into one file, while the system runs: database, files, Rasa's memory.

    jawab backup /media/disk/jawab-2027-01-02.tar.gz
    """
    from jawab.backup import making

    settings = settings_or_exit()
    with _told(to):
        made = making.make(
            _places(settings), to, now=_now(), with_secrets=with_secrets, overwrite=overwrite
        )
    for content in made.missing:
        note(f"attachment {content} is named in the database, but its file is not there")
    attachments = sum(name.startswith(making.ATTACHMENTS) for name in made.files)
    size = to.stat().st_size / 1_000_000
    typer.echo(f"{to}: {', '.join(made.databases)}, {attachments} attachments, {size:.1f} MB")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE.tar.gz", help="What `jawab backup` wrote.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what is there; it is put aside.")
    ] = False,
) -> None:
    """Put a backup back, here or on another machine, and bring it to this version; Jawab must not run meanwhile.

    jawab restore /media/disk/jawab-2027-01-02.tar.gz
    """
    from jawab.backup import restoring
    from jawab.supervisor import PortTaken, check_ports

    settings = settings_or_exit()
    try:
        check_ports(settings)
    except PortTaken as error:
        raise fail(f"stop Jawab first: {error}") from error
    with _told(file):
        restored = restoring.restore(file, _places(settings), now=_now(), overwrite=overwrite)
    made = restored.manifest
    if restored.aside is not None:
        note(f"what was there before lies in {restored.aside}; delete it when all is well")
    typer.echo(f"as it was on {made.made_at:%Y-%m-%d %H:%M}Z; start Jawab again")


def _places(settings: Settings) -> Places:
    from jawab.backup.places import Places

    return Places(
        database_url=settings.database_url,
        tracker_url=settings.tracker_url,
        var=settings.var,
        secrets=(settings.channels_file, settings.var / SECRET_KEY),
        patience=settings.database_patience,
    )


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """End in words where something went wrong."""
    from sqlalchemy.exc import SQLAlchemyError

    from jawab.backup.errors import BackupError

    try:
        yield
    except BackupError as error:
        raise fail(str(error)) from error
    except SQLAlchemyError as error:
        raise fail(f"the database cannot be reached ({type(error).__name__})") from error
    except OSError as error:
        raise fail(f"{error.filename or file}: {error.strerror}") from error


def _now() -> datetime:
    return datetime.now(timezone.utc)
