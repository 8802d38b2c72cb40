"""Reading one YAML file safely, reporting what is wrong with it as a file."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from jawab.knowledge.report import Report

if TYPE_CHECKING:
    from yaml import SafeLoader as _Loader
else:
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Rasa takes any file below data/ for its own in which a line begins with one of these, however deep
# (rasa.shared.utils.io.is_key_in_yaml strips the line first).
_ANYWHERE = ("nlu", "rules", "stories", "responses")
# Keys of a Rasa domain, looked for at the top of a file.
_AT_THE_TOP = (
    "forms",
    "intents",
    "entities",
    "slots",
    "actions",
    "e2e_actions",
    "session_config",
)
_RASA_LINES = tuple(f"{key}:" for key in _ANYWHERE)
_RASA_TOP_LINES = tuple(f"{key}:" for key in _AT_THE_TOP)


def read(path: Path, report: Report) -> object | None:
    """Return what the file holds, or None when it cannot be read; every reason goes to `report`."""
    text = _text(path, report)
    if text is None:
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith(_RASA_LINES) or line.startswith(_RASA_TOP_LINES):
            key = line.split(":")[0].strip()
            report.error(
                f"has a line beginning with Rasa's own key '{key}:'",
                "rename the key or reword the line, or Rasa reads this file as its own",
                line=number,
            )
    return _parsed(text, report)


def _text(path: Path, report: Report) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        report.error(f"cannot be read ({error.strerror})", "put the file there and let it be read")
    except UnicodeDecodeError as error:
        report.error(f"is not UTF-8 (byte {error.start})", "save it again with the encoding UTF-8")
    return None


def _parsed(text: str, report: Report) -> object | None:
    loader = _UniqueKeys(text)
    try:
        value: object = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, "?")
        report.error(
            f"is no valid YAML at column {column}: {error.problem or error.context}",
            "mend the line; check its indentation, and quote texts that hold ': ' or ' #'",
            line=line,
        )
        return None
    except yaml.YAMLError as error:
        report.error(
            f"is no valid YAML: {' '.join(str(error).split())}", "delete the special character"
        )
        return None
    except ValueError as error:  # a date of no calendar, as 2026-13-01
        report.error(f"has a value that cannot be ({error})", "mend it or put it in quotes")
        return None
    finally:
        loader.dispose()
    if value is None:
        report.error("is empty", "fill it or delete it")
    for key, line in loader.repeated:
        report.error(f"has the key '{key}' twice in one place", "delete one of the two", line=line)
    return value


class _UniqueKeys(_Loader):
    """The safe loader, noting keys that one mapping has twice (YAML itself would keep the last)."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                self.repeated.append((name, key.start_mark.line + 1))
            seen.add(name)
        return super().construct_mapping(node, deep=deep)
