"""What the page of a change shows of its trial: how far it is, or what it won and lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from jawab.desk.act_words import ACT_WORDS
from jawab.desk.moments import moment
from jawab.desk.owner.learning_view import title_of
from jawab.desk.owner.learning_words import CHANGE_WORDS
from jawab.desk.services import Services
from jawab.desk.word_tables import in_language
from jawab.knowledge import Knowledge, Shop
from jawab.knowledge.phrases import digits
from jawab.support.learning.mark import Mark
from jawab.support.learning.trial import Trial
from jawab.text.language import Lang

_STEPS = ("train", "train_again", "before", "after", "control")


def trial_shown(desk: Services, trial: Trial, mark: Mark, shop: Shop, lang: Lang) -> dict[str, Any]:
    """The values of the template."""
    state = trial.state
    steps = [step for step in _STEPS if trial.control or step not in ("train_again", "control")]
    place = steps.index(trial.step) + 1 if trial.step in steps else 0
    part = trial.done / trial.of if trial.of else 0
    return {
        "state": state.value,
        "open": state.open,
        "told": CHANGE_WORDS[f"trial_{state.value}"][lang],
        "step": CHANGE_WORDS[f"step_{trial.step if place else ''}"][lang],
        "place": f"{digits(place, lang)}/{digits(len(steps), lang)}",
        "rows": f"{digits(trial.done, lang)}/{digits(trial.of, lang)}" if trial.done else "",
        "part": round((max(place - 1, 0) + part) / len(steps), 3),
        "who": trial.who,
        "when": moment(trial.at, shop, lang),
        "why": trial.told,
        "result": _result(desk, trial.result, mark, lang) if trial.result else None,
    }


def _result(desk: Services, found: Mapping[str, Any], mark: Mark, lang: Lang) -> dict[str, Any]:
    question, control = mark.made.question, found.get("control")
    won, lost = (
        [_flip(flip, question, desk.knowledge, lang, mark) for flip in found[name]]
        for name in ("won", "lost")
    )
    word = in_language(lang, CHANGE_WORDS)
    again = control["figures"] if control else None
    return {
        "sums": [
            (
                word["rows"],
                *(digits(each["rows"], lang) for each in (found["before"], found["after"])),
                digits(again["rows"], lang) if again else "",
            ),
            (
                word["accuracy"],
                *(_percent(each["accuracy"], lang) for each in (found["before"], found["after"])),
                _percent(again["accuracy"], lang) if again else "",
            ),
            (word["won"], "", digits(len(won), lang), digits(control["won"], lang) if control else ""),
            (word["lost"], "", digits(len(lost), lang), digits(control["lost"], lang) if control else ""),
            (word["own_won"], "", digits(_own(won), lang), ""),
            (word["own_lost"], "", digits(_own(lost), lang), ""),
        ],
        "control": bool(control),
        "won": sorted(won, key=lambda flip: not flip["own"]),
        "lost": sorted(lost, key=lambda flip: not flip["own"]),
    }  # fmt: skip


def _own(flips: Sequence[Mapping[str, Any]]) -> int:
    return sum(flip["own"] for flip in flips)


def _flip(
    flip: Mapping[str, str], question: str | None, knowledge: Knowledge, lang: Lang, mark: Mark
) -> dict[str, Any]:
    """A row that turned over; it is the question's own where that is wanted or said of it."""
    told = [_said(flip[name], knowledge, lang, mark) for name in ("expected", "before", "after")]
    own = question in (flip["expected"], flip["before"], flip["after"])
    return {"text": flip["text"], "lang": flip["lang"], "told": told, "own": own}


def _said(said: str, knowledge: Knowledge, lang: Lang, mark: Mark) -> str:
    if said == mark.made.question:
        return title_of(said, knowledge, lang, draft=mark.made.draft)
    for words in (ACT_WORDS.get(said), CHANGE_WORDS.get(f"said_{said}")):
        if words:
            return words[lang]
    return title_of(said, knowledge, lang)


def _percent(part: float | None, lang: Lang) -> str:
    if part is None:
        return "–"
    written = digits(f"{100 * part:.2f}", lang)
    return f"{written.replace('.', '٫')}٪" if lang is Lang.FA else f"{written}%"
