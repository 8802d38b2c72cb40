"""The desk's own words in messaging apps, read from data/channels/words.yml."""

from collections.abc import Mapping
from pathlib import Path

from jawab.knowledge import InvalidKnowledge, Problem, Texts, shapes, yaml_file
from jawab.knowledge.report import Report
from jawab.knowledge.texts import frozen
from jawab.support.deliveries.notices import Notice
from jawab.text.language import Lang

FILE = "data/channels/words.yml"
_COMMANDS = ("help", "stop", "human")
_JOINING = (
    *("menu", "link", "question", "yes", "no"),
    *("joined", "declined", "over", "kept_apart", "others"),
)
_KINDS = (
    "start",
    "sticker",
    "location",
    "unsupported",
    "edited",
    "removed",
    "file",
    "contact",
    "button",
)
KEYS = (
    *("sticker", "location", "voice", "unsupported", "edited", "file_refused", "file_lost"),
    *("contact", "contact_unread", "old_button", "share_number"),
    *(f"join_{word}" for word in _JOINING),
    *(f"command_{command}" for command in _COMMANDS),
    *(f"noted_{kind}" for kind in _KINDS),
    *(f"notice_{notice.value}" for notice in Notice),
)


class ChannelTexts:
    """Says a key in a language."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        self._texts = texts

    def say(self, key: str, lang: Lang, **values: str) -> str:
        """The words under this key; values stand in braces."""
        text = self._texts[key][lang]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text.replace(" 〕", "〕")

    def command(self, text: str, lang: Lang) -> str | None:
        """What `/help`, `/stop` and `/human` stand for, also as `/help@name`; None for everything else."""
        name = text.strip().removeprefix("/").partition("@")[0].lower()
        known = text.lstrip().startswith("/") and name in _COMMANDS
        return self._texts[f"command_{name}"][lang] if known else None


def load(root: Path) -> ChannelTexts:
    """Read the texts below `root`; raises InvalidKnowledge with everything that is wrong."""
    texts, found = read(root)
    if found or texts is None:
        raise InvalidKnowledge(found)
    return texts


def read(root: Path) -> tuple[ChannelTexts | None, tuple[Problem, ...]]:
    """The texts, if they could be read, and what is wrong with the file."""
    report = Report(FILE)
    content = yaml_file.read(root / FILE, report)
    texts = None if content is None else _texts(content, report)
    return texts, tuple(report.problems)


def _texts(content: object, report: Report) -> ChannelTexts | None:
    place = report.about(None)
    top = shapes.mapping(content, "its content", place)
    if top is None or not shapes.keys(top, "", place, required=("words",)):
        return None
    table = shapes.mapping(top["words"], "words", place)
    if table is None or not shapes.keys(table, "words", place, required=KEYS):
        return None
    found = {key: shapes.templates(table[key], key, report.about(key)) for key in KEYS}
    whole = {key: texts for key, texts in found.items() if texts is not None}
    return ChannelTexts(frozen(whole)) if len(whole) == len(found) else None
