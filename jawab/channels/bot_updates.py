"""Updates of the Bot API as `Incoming`: https://core.telegram.org/bots/api#update

Nothing in here trusts the shape of what came: a field of another type counts as absent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jawab.channels.contract import Incoming, Kind, RemoteFile
from jawab.channels.fields import mapping, mappings, parsed, place, size, string
from jawab.channels.mentions import without_mention
from jawab.text.language import Lang

# What a chat says of itself: nothing that a person has written.
_SERVICE = frozenset(
    (
        *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
        *("delete_chat_photo", "group_chat_created", "supergroup_chat_created", "pinned_message"),
        *("channel_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created"),
        *("message_auto_delete_timer_changed", "video_chat_started", "video_chat_ended"),
    )
)  # fmt: skip
_MEDIA = ("video", "animation", "audio", "voice", "video_note", "document")
_GROUPS = frozenset(("group", "supergroup"))
_START = re.compile(r"/start(?:@\w+)?(?:\s+(\S{1,64}))?\s*")
_NAME_LENGTH = 120


@dataclass(frozen=True)
class Me:
    """The bot itself, as far as it is known."""

    id: str
    username: str | None = None


def updates(body: bytes, me: Me) -> tuple[Incoming, ...]:
    """Read one update's bytes; never raises."""
    return read(parsed(body), me)


def read(update: Any, me: Me) -> tuple[Incoming, ...]:
    """Read one update; none comes of what has no id, by which its repetition would be known."""
    number = _id(update.get("update_id")) if isinstance(update, dict) else ""
    if not number:
        return ()
    nothing = Incoming(Kind.NOTHING, number, "")
    if message := mapping(update, "message"):
        found = _message(number, message, me)
    elif message := mapping(update, "edited_message"):
        found = _message(number, message, me)
        if found is not None and found.kind is not Kind.NOTHING:
            found = replace(found, kind=Kind.EDITED)
    elif pressed := mapping(update, "callback_query"):
        found = _pressed(number, pressed)
    elif member := mapping(update, "my_chat_member"):
        found = _member(number, member)
    else:
        found = nothing
    return (found or nothing,)


def _message(number: str, message: Mapping[str, Any], me: Me) -> Incoming | None:
    chat, sender = mapping(message, "chat"), mapping(message, "from")
    chat_id = _id(chat.get("id"))
    if not chat_id or sender.get("is_bot") is True:
        return None
    answered = mapping(message, "reply_to_message")
    base = Incoming(
        Kind.UNSUPPORTED,
        number,
        chat_id,
        id=_id(message.get("message_id")) or f"u{number}",
        sender=_id(sender.get("id")),
        name=_name(sender),
        lang=_lang(sender),
        reply_to=_id(answered.get("message_id")) or None,
        album=string(message, "media_group_id") or None,
        group=string(chat, "type") in _GROUPS,
        text=string(message, "text") or string(message, "caption"),
    )
    found = _content(base, message)
    if not found.group:
        return found
    said, mentioned = without_mention(found.text, me.username)
    answers_us = bool(me.id) and _id(mapping(answered, "from").get("id")) == me.id
    return replace(found, text=said, mentioned=mentioned or answers_us)


def _content(base: Incoming, message: Mapping[str, Any]) -> Incoming:
    if not _SERVICE.isdisjoint(message):
        return replace(base, kind=Kind.NOTHING)
    if files := _files(message):
        return replace(base, kind=Kind.FILES, files=files)
    if contact := mapping(message, "contact"):
        owner = _id(contact.get("user_id"))
        own = bool(owner) and owner == base.sender
        phone = string(contact, "phone_number")[:32]
        return replace(base, kind=Kind.CONTACT, phone=phone or None, own_phone=own)
    if sticker := mapping(message, "sticker"):
        return replace(base, kind=Kind.STICKER, text=string(sticker, "emoji")[:16])
    spot = mapping(message, "location") or mapping(mapping(message, "venue"), "location")
    if spot:
        return replace(base, kind=Kind.LOCATION, text=place(spot))
    if started := _START.fullmatch(base.text):
        return replace(base, kind=Kind.START, payload=started[1])
    return replace(base, kind=Kind.TEXT) if base.text else base


def _files(message: Mapping[str, Any]) -> tuple[RemoteFile, ...]:
    sizes = mappings(message, "photo")
    if sizes:  # the same photo in several sizes
        return _file(max(sizes, key=lambda one: size(one.get("width")) or 0), "photo")
    found = next(
        ((kind, mapping(message, kind)) for kind in _MEDIA if mapping(message, kind)), None
    )
    return _file(found[1], found[0]) if found else ()


def _file(described: Mapping[str, Any], kind: str) -> tuple[RemoteFile, ...]:
    id = string(described, "file_id")
    if not id:
        return ()
    return (
        RemoteFile(
            id,
            name=string(described, "file_name")[:200],
            type=string(described, "mime_type")[:100],
            size=size(described.get("file_size")),
            voice=kind == "voice",
        ),
    )


def _pressed(number: str, pressed: Mapping[str, Any]) -> Incoming | None:
    sender = mapping(pressed, "from")
    chat = mapping(mapping(pressed, "message"), "chat")
    chat_id = _id(chat.get("id")) or _id(sender.get("id"))
    id, data = string(pressed, "id"), string(pressed, "data")
    if not (chat_id and id and data):
        return None
    return Incoming(
        Kind.BUTTON,
        number,
        chat_id,
        id=f"p{id}",
        sender=_id(sender.get("id")),
        name=_name(sender),
        lang=_lang(sender),
        button=data[:64],
        group=string(chat, "type") in _GROUPS,
        mentioned=True,
        press=id,
    )


def _member(number: str, member: Mapping[str, Any]) -> Incoming | None:
    chat_id = _id(mapping(member, "chat").get("id"))
    gone = string(mapping(member, "new_chat_member"), "status") in ("kicked", "left")
    return Incoming(Kind.BLOCKED, number, chat_id) if chat_id and gone else None


def _name(sender: Mapping[str, Any]) -> str:
    both = f"{string(sender, 'first_name')[:200]} {string(sender, 'last_name')[:200]}"
    return " ".join(both.split())[:_NAME_LENGTH]


def _lang(sender: Mapping[str, Any]) -> Lang | None:
    code = string(sender, "language_code")[:2].lower()
    return next((lang for lang in Lang if lang.value == code), None)


def _id(value: Any) -> str:
    usable = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return str(value) if usable else ""
