"""A stored message as the calls that bring it to a chat: split, numbered and captioned as the app can."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jawab.channels.contract import Capabilities, Outgoing, OutgoingButton, OutgoingFile
from jawab.channels.numbered import needs_numbers, numbered
from jawab.channels.splitting import split, units
from jawab.support.conversations.message import Message

# How a form's question names the answer that is a phone.
TEL = "tel"


@dataclass(frozen=True)
class Addressee:
    """Which chat it goes to, when that last wrote to us, and who was the first to write there."""

    chat: str
    heard_at: datetime | None = None
    sender: str = ""


def plan(
    message: Message,
    to: Addressee,
    capabilities: Capabilities,
    files: Mapping[str, OutgoingFile],
    share: str = "",
) -> tuple[Outgoing, ...]:
    """The calls in order, always the same for the same message; what an agent wrote stands under their name.

    A text that fits goes as the caption of the only file. `files` are the message's attachments by id; one that is not there
    is left out. `share` are the words of the key that shares one's number, for the question that asks for it.
    """
    form = message.form
    asks = form is not None and form.input == TEL and capabilities.asks_number
    buttons = tuple(OutgoingButton(button.id, button.title) for button in message.buttons)
    text = f"{message.signature}:\n{message.text}" if message.signature else message.text
    if needs_numbers([button.title for button in buttons], capabilities):
        text = f"{text.rstrip()}\n\n{numbered(buttons, message.lang)}"
        buttons = ()
    sent = [files[attached.id] for attached in message.attachments if attached.id in files]
    parts: list[tuple[str, OutgoingFile | None]] = []
    last_words = 0
    if len(sent) == 1 and not buttons and units(text) <= capabilities.caption:
        parts.append((text.strip(), sent[0]))
    else:
        parts.extend((piece, None) for piece in _pieces(text, capabilities, buttons=bool(buttons)))
        last_words = len(parts) - 1
        parts.extend(("", file) for file in sent)
    planned = []
    for number, (words, file) in enumerate(parts):
        asking = file is None and number == last_words
        planned.append(
            Outgoing(
                key=f"{message.id}.{number}",
                chat=to.chat,
                text=words,
                lang=message.lang,
                buttons=buttons if asking else (),
                file=file,
                heard_at=to.heard_at,
                sender=to.sender,
                turn="" if message.in_reply_to is None else str(message.in_reply_to),
                form=form is not None and asking,
                share=share if asks and asking else "",
            )
        )
    return tuple(planned)


def _pieces(text: str, capabilities: Capabilities, *, buttons: bool) -> tuple[str, ...]:
    """The words in pieces; what stands above buttons may have to be shorter than the rest."""
    pieces = split(text, capabilities.text)
    if not (buttons and capabilities.button_text and pieces):
        return pieces
    return (*pieces[:-1], *split(pieces[-1], capabilities.button_text))
