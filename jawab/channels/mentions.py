"""In a group only what names the bot is meant for it."""

import re


def without_mention(text: str, username: str | None) -> tuple[str, bool]:
    """The text without the bot's name, and whether that was in it.

    >>> without_mention("@jawab_bot ساعت کاری؟", "jawab_bot")
    ('ساعت کاری؟', True)
    >>> without_mention("متى تفتحون؟", "jawab_bot")
    ('متى تفتحون؟', False)
    """
    if not username:
        return text, False
    name = re.escape(username)
    mention = re.compile(rf"(?<![\w@])@{name}(?!\w)|(?<=\w)@{name}(?!\w)", re.I)
    said = mention.sub("", text)
    return " ".join(said.split(" ")).strip(), said != text
