"""What the commands share: the settings or an honest end, and words on standard error."""

import typer

from jawab.settings import Settings
from jawab.text import lexicon


def fail(message: str) -> typer.Exit:
    """Print what went wrong and how to mend it; the caller raises the result."""
    typer.secho(message, err=True, fg=typer.colors.RED)
    return typer.Exit(1)


def note(message: str) -> None:
    """Print progress where it does not mix with results."""
    typer.secho(message, err=True, dim=True)


def settings_or_exit() -> Settings:
    """Return the settings, or end with what is wrong with them; words and letters are those of their root."""
    from pydantic import ValidationError

    try:
        settings = Settings()
    except ValidationError as error:
        # Without the values: one of them may be a secret.
        raise fail("\n".join(f"{_variable(e['loc'])}{e['msg']}" for e in error.errors())) from None
    tables = settings.root / "data" / "lexicon"
    if tables.is_dir() and tables != lexicon.folder():
        lexicon.use(tables)
    return settings


def _variable(place: tuple[int | str, ...]) -> str:
    """The variable that is wrong; nothing where it is several together, which the message names."""
    return f"JAWAB_{str(place[0]).upper()}: " if place else ""
