"""Reading examples: by language and variety, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from jawab.knowledge import shapes
from jawab.knowledge.questions import VARIETIES, Example
from jawab.knowledge.report import Place, did_you_mean
from jawab.knowledge.texts import LANGUAGE_NAMES
from jawab.text.language import Lang


def examples(value: object, path: str, place: Place) -> tuple[Example, ...]:
    """Read `{fa: {formal: …, colloquial: …}, ar: {msa: …}, en: {plain: …}}`.

    Each variety is one text with an example a line («چطور مرجوع کنم؟», «كيف أرجع المنتج؟»).
    A language without examples is reported, and what the others have is returned.
    """
    table = shapes.mapping(value, path, place)
    if table is None:
        return ()
    shapes.keys(table, path, place, required=(), optional=[lang.value for lang in Lang])
    for lang in Lang:
        if table.get(lang.value) is None:
            place.error(f"has no {LANGUAGE_NAMES[lang]} examples", f"add {path}.{lang.value}")
    return tuple(
        example
        for lang in Lang
        for example in _of_language(table.get(lang.value), lang, path, place)
    )


def _of_language(value: object, lang: Lang, path: str, place: Place) -> Iterator[Example]:
    if value is None:
        return
    path = f"{path}.{lang.value}"
    for variety, block in (shapes.mapping(value, path, place) or {}).items():
        if variety not in VARIETIES[lang]:
            advice = did_you_mean(variety, VARIETIES[lang])
            place.error(f"has the unknown variety '{variety}' in {path}", advice)
        elif not isinstance(block, str):
            what = f"has {shapes.kind(block)} as {path}.{variety}"
            place.error(what, f"write '{variety}: |' and one example a line")
        elif not block.strip():
            place.error(f"has no example in {path}.{variety}", "add some or delete the variety")
        elif shapes.visible(block, f"{path}.{variety}", place):
            for line in block.splitlines():
                if line.strip():
                    yield Example(line.strip(), lang, variety)
