"""Rubika's updates as `Incoming`: https://rubika.ir/botapi

They have no ids of their own, so that each is known by its chat, its message and what happened to that.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jawab.channels.contract import Incoming, Kind, RemoteFile
from jawab.channels.fields import mapping, parsed, place, size, string
from jawab.channels.mentions import without_mention

_START = re.compile(r"/start(?:\s+(\S{1,64}))?\s*")
_VOICES = (".ogg", ".oga", ".opus")


def updates(body: bytes, username: str | None) -> tuple[Incoming, ...]:
    """Read what one request brings; never raises."""
    found = parsed(body)
    if pressed := mapping(found, "inline_message"):
        return _pressed(pressed)
    return read(mapping(found, "update"), username)


def read(update: Mapping[str, Any], username: str | None) -> tuple[Incoming, ...]:
    """Read one update; none comes of what names no chat."""
    kind, chat = string(update, "type"), string(update, "chat_id")
    if not chat:
        return ()
    at = _number(update.get("update_time"))
    nothing = Incoming(Kind.NOTHING, f"{chat}:{kind}:{at}", chat)
    if kind == "NewMessage":
        found = _message(chat, mapping(update, "new_message"), username)
    elif kind == "UpdatedMessage":
        found = _edited(chat, mapping(update, "updated_message"), at, username)
    elif kind == "RemovedMessage":
        found = _removed(chat, update)
    elif kind == "StoppedBot":
        found = replace(nothing, kind=Kind.BLOCKED)
    else:  # also StartedBot, which "/start" follows
        found = nothing
    return (found or replace(nothing, update=f"{nothing.update}:{_hash(repr(update))}"),)


def _message(chat: str, message: Mapping[str, Any], username: str | None) -> Incoming | None:
    id = _id(message)
    if not id or string(message, "sender_type") == "Bot" or chat.startswith("c"):
        return None  # a channel is nobody's question
    base = Incoming(
        Kind.UNSUPPORTED,
        f"{chat}:{id}",
        chat,
        id=id,
        sender=string(message, "sender_id"),
        text=string(message, "text"),
        reply_to=_number(message.get("reply_to_message_id")) or None,
        group=chat.startswith("g"),
    )
    found = _content(base, message)
    if not found.group:
        return found
    said, mentioned = without_mention(found.text, username)
    return replace(found, text=said, mentioned=mentioned or found.kind is Kind.BUTTON)


def _content(base: Incoming, message: Mapping[str, Any]) -> Incoming:
    aux = mapping(message, "aux_data")
    if button := string(aux, "button_id"):
        return replace(base, kind=Kind.BUTTON, button=button[:64])
    if files := _files(mapping(message, "file")):
        return replace(base, kind=Kind.FILES, files=files)
    if contact := mapping(message, "contact_message"):
        # Whose number it is Rubika does not say.
        return replace(base, kind=Kind.CONTACT, phone=string(contact, "phone_number")[:32] or None)
    if sticker := mapping(message, "sticker"):
        return replace(base, kind=Kind.STICKER, text=string(sticker, "emoji_character")[:16])
    spot = mapping(message, "location") or mapping(
        mapping(message, "live_location"), "current_location"
    )
    if spot:
        return replace(base, kind=Kind.LOCATION, text=place(spot))
    start = string(aux, "start_id")[:64]
    if started := _START.fullmatch(base.text):
        return replace(base, kind=Kind.START, payload=start or started[1])
    return replace(base, kind=Kind.TEXT) if base.text else base


def _edited(
    chat: str, message: Mapping[str, Any], at: str, username: str | None
) -> Incoming | None:
    found = _message(chat, message, username)
    if found is None:
        return None
    update = f"{found.update}:edited:{at}:{_hash(found.text)}"
    return replace(found, kind=Kind.EDITED, update=update)


def _removed(chat: str, update: Mapping[str, Any]) -> Incoming | None:
    id = _number(update.get("removed_message_id"))
    if not id:
        return None
    name = f"{chat}:{id}:removed"
    return Incoming(Kind.REMOVED, name, chat, id=f"{id}-removed", reply_to=id)


def _pressed(pressed: Mapping[str, Any]) -> tuple[Incoming, ...]:
    """A button under a message of ours. Pressed twice it is the same twice: nothing tells that from a repetition."""
    chat, id = string(pressed, "chat_id"), _id(pressed)
    button = string(mapping(pressed, "aux_data"), "button_id")
    if not (chat and id and button):
        return ()
    return (
        Incoming(
            Kind.BUTTON,
            f"{chat}:{id}:pressed:{button}"[:255],
            chat,
            id=f"{id}-{button}",
            sender=string(pressed, "sender_id"),
            button=button[:64],
            group=chat.startswith("g"),
            mentioned=True,
        ),
    )


def _files(described: Mapping[str, Any]) -> tuple[RemoteFile, ...]:
    id, name = string(described, "file_id"), string(described, "file_name")[:200]
    if not id:
        return ()
    return (RemoteFile(id, name, size=size(described.get("size")), voice=name.endswith(_VOICES)),)


def _id(message: Mapping[str, Any]) -> str:
    return _number(message.get("message_id"))


def _number(value: Any) -> str:
    """An id or a time: texts as a rule, numbers now and then."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return str(value)
    return string({"": value}, "")[:100]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
