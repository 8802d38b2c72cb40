"""Reading data/dialogue/words.yml."""

from __future__ import annotations

from jawab.knowledge import shapes
from jawab.knowledge.report import Report
from jawab.knowledge.texts import Texts


def words_file(content: object, report: Report) -> dict[str, Texts]:
    """Read the bot's own words by key; whatever is wrong goes to `report`."""
    if content is None:
        return {}
    place = report.about(None)
    table = shapes.mapping(content, "its content", place)
    if table is None or not shapes.keys(table, "", place, required=("words",)):
        return {}
    found = {
        key: shapes.templates(texts, "text", report.about(key))
        for key, texts in (shapes.mapping(table["words"], "words", place) or {}).items()
    }
    return {key: texts for key, texts in found.items() if texts is not None}
