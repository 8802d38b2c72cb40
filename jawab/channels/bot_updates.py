"""Updates of the Bot API as `Incoming`: https://core.telegram.org/bots/api#update

Nothing in here trusts the shape of what came: a field of another type counts as absent.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jawab.channels.contract import Incoming, Kind, RemoteFile
from jawab.support.texts import storable
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
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    return read(found, me)


def read(update: Any, me: Me) -> tuple[Incoming, ...]:
    """Read one update; none comes of what has no id, by which its repetition would be known."""
    number = _id(update.get("update_id")) if isinstance(update, dict) else ""
    if not number:
        return ()
    nothing = Incoming(Kind.NOTHING, number, "")
    if message := _dict(update, "message"):
        found = _message(number, message, me)
    elif message := _dict(update, "edited_message"):
        found = _message(number, message, me)
        if found is not None and found.kind is not Kind.NOTHING:
            found = replace(found, kind=Kind.EDITED)
    elif pressed := _dict(update, "callback_query"):
        found = _pressed(number, pressed)
    elif member := _dict(update, "my_chat_member"):
        found = _member(number, member)
    else:
        found = nothing
    return (found or nothing,)


def _message(number: str, message: Mapping[str, Any], me: Me) -> Incoming | None:
    chat, sender = _dict(message, "chat"), _dict(message, "from")
    chat_id = _id(chat.get("id"))
    if not chat_id or sender.get("is_bot") is True:
        return None
    answered = _dict(message, "reply_to_message")
    base = Incoming(
        Kind.UNSUPPORTED,
        number,
        chat_id,
        id=_id(message.get("message_id")) or f"u{number}",
        sender=_id(sender.get("id")),
        name=_name(sender),
        lang=_lang(sender),
        reply_to=_id(answered.get("message_id")) or None,
        album=_text(message, "media_group_id") or None,
        group=chat.get("type") in _GROUPS,
        text=_text(message, "text") or _text(message, "caption"),
    )
    found = _content(base, message)
    if not found.group:
        return found
    said, mentioned = _without_mention(found.text, me)
    answers_us = bool(me.id) and _id(_dict(answered, "from").get("id")) == me.id
    return replace(found, text=said, mentioned=mentioned or answers_us)


def _content(base: Incoming, message: Mapping[str, Any]) -> Incoming:
    if not _SERVICE.isdisjoint(message):
        return replace(base, kind=Kind.NOTHING)
    if files := _files(message):
        return replace(base, kind=Kind.FILES, files=files)
    if contact := _dict(message, "contact"):
        owner = _id(contact.get("user_id"))
        own = bool(owner) and owner == base.sender
        phone = _text(contact, "phone_number")[:32]
        return replace(base, kind=Kind.CONTACT, phone=phone or None, own_phone=own)
    if sticker := _dict(message, "sticker"):
        return replace(base, kind=Kind.STICKER, text=_text(sticker, "emoji")[:16])
    place = _dict(message, "location") or _dict(_dict(message, "venue"), "location")
    if place:
        return replace(base, kind=Kind.LOCATION, text=_place(place))
    if started := _START.fullmatch(base.text):
        return replace(base, kind=Kind.START, payload=started[1])
    return replace(base, kind=Kind.TEXT) if base.text else base


def _files(message: Mapping[str, Any]) -> tuple[RemoteFile, ...]:
    photos = message.get("photo")
    sizes = [one for one in photos if isinstance(one, dict)] if isinstance(photos, list) else []
    if sizes:  # the same photo in several sizes
        return _file(max(sizes, key=lambda one: _size(one.get("width")) or 0), "photo")
    found = next(((kind, _dict(message, kind)) for kind in _MEDIA if _dict(message, kind)), None)
    return _file(found[1], found[0]) if found else ()


def _file(described: Mapping[str, Any], kind: str) -> tuple[RemoteFile, ...]:
    id = _text(described, "file_id")
    if not id:
        return ()
    return (
        RemoteFile(
            id,
            name=_text(described, "file_name")[:200],
            type=_text(described, "mime_type")[:100],
            size=_size(described.get("file_size")),
            voice=kind == "voice",
        ),
    )


def _pressed(number: str, pressed: Mapping[str, Any]) -> Incoming | None:
    sender = _dict(pressed, "from")
    chat = _dict(_dict(pressed, "message"), "chat")
    chat_id = _id(chat.get("id")) or _id(sender.get("id"))
    id, data = _text(pressed, "id"), _text(pressed, "data")
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
        group=chat.get("type") in _GROUPS,
        mentioned=True,
        press=id,
    )


def _member(number: str, member: Mapping[str, Any]) -> Incoming | None:
    chat_id = _id(_dict(member, "chat").get("id"))
    gone = _dict(member, "new_chat_member").get("status") in ("kicked", "left")
    return Incoming(Kind.BLOCKED, number, chat_id) if chat_id and gone else None


def _without_mention(text: str, me: Me) -> tuple[str, bool]:
    if not me.username:
        return text, False
    mention = re.compile(
        rf"(?<![\w@])@{re.escape(me.username)}(?!\w)|(?<=\w)@{re.escape(me.username)}(?!\w)", re.I
    )
    said = mention.sub("", text)
    return " ".join(said.split(" ")).strip(), said != text


def _place(place: Mapping[str, Any]) -> str:
    numbers = [place.get("latitude"), place.get("longitude")]
    if not all(isinstance(one, int | float) and abs(one) <= 180 for one in numbers):
        return ""
    return ", ".join(f"{one:.5f}" for one in numbers)


def _name(sender: Mapping[str, Any]) -> str:
    both = f"{_text(sender, 'first_name')[:200]} {_text(sender, 'last_name')[:200]}"
    return " ".join(both.split())[:_NAME_LENGTH]


def _lang(sender: Mapping[str, Any]) -> Lang | None:
    code = _text(sender, "language_code")[:2].lower()
    return next((lang for lang in Lang if lang.value == code), None)


def _dict(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def _text(values: Mapping[str, Any], key: str) -> str:
    found = values.get(key)
    return storable(found) if isinstance(found, str) else ""


def _id(value: Any) -> str:
    usable = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return str(value) if usable else ""


def _size(value: Any) -> int | None:
    usable = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
    return value if usable else None
