"""Text for terminals, which neither join Arabic letters nor order them."""

import re

_invisible = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_control = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def for_terminal(text: str, *, shape: bool) -> str:
    """Return the text as a terminal should be given it, line by line.

    ``shape=False`` is for terminals that join and order letters themselves. Control characters
    and lone surrogates, which a terminal would obey or refuse, are replaced in both cases.

    >>> for_terminal("سلام", shape=False)
    'سلام'
    >>> len(for_terminal("أهلاً", shape=True)) > 0
    True
    """
    text = _control.sub("\ufffd", text.replace("\r\n", "\n"))
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not shape:
        return text
    from arabic_reshaper import reshape  # builds large tables when imported
    from bidi.algorithm import get_display

    lines = (_invisible.sub("", line) for line in text.split("\n"))
    return "\n".join(str(get_display(reshape(line))) if line else "" for line in lines)
