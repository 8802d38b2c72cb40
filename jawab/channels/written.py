"""An `Incoming` in values that JSON holds, and back: it waits in the inbox until it is taken up."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from jawab.channels.contract import Incoming, Kind, RemoteFile
from jawab.support.apps.inbox import Post
from jawab.text.language import Lang

_DEFAULT = Incoming(Kind.NOTHING, "", "")
_NEEDS_NOTHING = frozenset((Kind.NOTHING, Kind.BLOCKED))


def post_of(incoming: Incoming) -> Post:
    """How it is kept. In a group only what is meant for us is; of everything else only that it came."""
    overheard = incoming.group and not incoming.mentioned
    body = None if incoming.kind in _NEEDS_NOTHING or overheard else to_values(incoming)
    return Post(incoming.update, incoming.chat, body, incoming.album)


def to_values(incoming: Incoming) -> dict[str, Any]:
    """Its fields as far as they say something."""
    plain = asdict(incoming)
    said = {name: value for name, value in plain.items() if value != getattr(_DEFAULT, name)}
    if incoming.lang is not None:
        said["lang"] = incoming.lang.value
    return {**said, "kind": incoming.kind.value}


def from_values(values: Mapping[str, Any]) -> Incoming:
    """What `to_values` wrote.

    >>> from_values(to_values(Incoming(Kind.TEXT, "7", "42", text="سلام"))).text
    'سلام'
    """
    found = {
        **values,
        "kind": Kind(values["kind"]),
        "files": tuple(RemoteFile(**each) for each in values.get("files", ())),
        "lang": Lang(values["lang"]) if values.get("lang") else None,
    }
    return replace(_DEFAULT, **found)
