"""Checks on the shape of what a YAML file holds; each returns the value if it is right, else None and a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from jawab.knowledge.errors import BadTemplate
from jawab.knowledge.report import Place, did_you_mean
from jawab.knowledge.template import placeholders
from jawab.knowledge.texts import LANGUAGE_NAMES, Texts, frozen
from jawab.text.language import Lang

# Marks that turn the reading direction, and invisible ones other than the two joiners that spelling needs.
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u0000-\u0008\u000b-\u001f\u007f]")
_ID = re.compile(r"[a-z][a-z0-9_]*")


_Found = TypeVar("_Found")


def given(
    check: Callable[[object, str, Place], _Found | None],
    table: Mapping[str, object],
    key: str,
    place: Place,
) -> _Found | None:
    """Check the value under a key that may be absent; `keys` has reported the absence of a required one."""
    value = table.get(key)
    return None if value is None else check(value, key, place)


def mapping(value: object, path: str, place: Place) -> dict[str, Any] | None:
    """Check for a mapping with text keys."""
    if not isinstance(value, dict):
        place.error(f"has {kind(value)} as {path}", f"write {path} as 'key: value' lines")
        return None
    odd = [key for key in value if not isinstance(key, str)]
    for key in odd:
        # YAML reads bare words such as no, on and 7 as something else than text.
        place.error(f"has {kind(key)} as a key in {path}", "put the key in quotes")
    return None if odd else value


def sequence(value: object, path: str, place: Place) -> list[Any] | None:
    """Check for a list."""
    if not isinstance(value, list):
        place.error(f"has {kind(value)} as {path}", f"write {path} as a list, '- ' before each")
        return None
    return value


def text(value: object, path: str, place: Place) -> str | None:
    """Check for a text that is not empty and holds no invisible marks; blanks around it go."""
    if not isinstance(value, str):
        hint = "put it in quotes" if isinstance(value, (int, float)) else "write plain text"
        place.error(f"has {kind(value)} as {path}", f"{hint} as {path}")
        return None
    if not value.strip():
        place.error(f"has an empty {path}", f"write {path}")
        return None
    return value.strip() if visible(value, path, place) else None


def visible(value: str, path: str, place: Place) -> bool:
    """Check that a text holds no bidi control and no other invisible mark but the joiners."""
    for pattern, name in ((_BIDI, "the bidi control"), (_INVISIBLE, "the invisible")):
        if found := pattern.search(value):
            code = f"U+{ord(found[0]):04X}"
            place.error(f"has {name} character {code} in {path}", "delete the character")
            return False
    return True


def identifier(value: object, path: str, place: Place) -> str | None:
    """Check for an id: small Latin letters, digits and underscores."""
    found = text(value, path, place)
    if found is None or _ID.fullmatch(found):
        return found
    place.error(f"has '{found}' as {path}", "use small Latin letters, digits and underscores")
    return None


def whole_number(value: object, path: str, place: Place) -> int | None:
    """Check for a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    place.error(f"has {value!r} as {path}", "write a whole number, for example 1")
    return None


def identifiers(value: object, path: str, place: Place) -> tuple[str, ...] | None:
    """Check for a list of ids."""
    found = [identifier(one, path, place) for one in sequence(value, path, place) or []]
    return tuple(one for one in found if one is not None)


def choice(value: object, path: str, place: Place, known: Collection[str]) -> str | None:
    """Check for one of the known words."""
    found = text(value, path, place)
    if found is None or found in known:
        return found
    place.error(f"has the unknown {path} '{found}'", did_you_mean(found, known))
    return None


def texts(value: object, path: str, place: Place) -> Texts | None:
    """Check for one plain text in each of the three languages."""
    found = _in_each_language(value, path, place)
    braced = [lang.value for lang, one in (found or {}).items() if re.search("[{}]", one)]
    for lang in braced:
        place.error(
            f"has a brace in {path}.{lang}", "write it plainly; only answers and words are filled"
        )
    return None if braced else found


def templates(value: object, path: str, place: Place) -> Texts | None:
    """Check for one text in each of the three languages, its placeholders well formed."""
    found = _in_each_language(value, path, place)
    whole = True
    for lang, one in (found or {}).items():
        try:
            placeholders(one)
        except BadTemplate as error:
            remedy = "write placeholders as {name} or {name.part} and use no other braces"
            place.error(f"has a {error} in {path}.{lang.value}", remedy)
            whole = False
    return found if whole else None


def keys(
    table: Mapping[str, object],
    path: str,
    place: Place,
    *,
    required: Collection[str],
    optional: Collection[str] = (),
) -> bool:
    """Check that a mapping has the required keys and no unknown ones; whether all required are there."""
    known = (*required, *optional)
    for key in table:
        if key not in known:
            where = f" in {path}" if path else ""
            place.error(f"has the unknown key '{key}'{where}", did_you_mean(key, known))
    missing = [key for key in required if table.get(key) is None]
    for key in missing:
        inner = f"{path}.{key}" if path else key
        place.error(f"has no {inner}", f"add {inner}")
    return not missing


def kind(value: object) -> str:
    """Name what a value is, in an owner's words."""
    names = {
        dict: "a mapping",
        list: "a list",
        str: "a text",
        bool: "yes or no",
        type(None): "nothing",
    }
    found = names.get(type(value))
    if found:
        return found
    return "a number" if isinstance(value, (int, float)) else f"a {type(value).__name__}"


def _in_each_language(value: object, path: str, place: Place) -> Texts | None:
    table = mapping(value, path, place)
    if table is None:
        return None
    keys(table, path, place, required=(), optional=[lang.value for lang in Lang])
    found: dict[Lang, str] = {}
    for lang in Lang:
        if table.get(lang.value) is None:
            place.error(f"has no {LANGUAGE_NAMES[lang]} {path}", f"add {path}.{lang.value}")
        elif one := text(table[lang.value], f"{path}.{lang.value}", place):
            found[lang] = one
    return frozen(found) if len(found) == len(Lang) else None
