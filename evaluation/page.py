"""The report as one self-contained page of HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evaluation import plots
from evaluation.goals import GOALS
from evaluation.plots import Bar
from evaluation.summary import Summary
from evaluation.tables import MOST_CHANGES, weakest_first
from jawab.knowledge import Knowledge
from jawab.text.language import Lang
from jawab.understanding.evaluation import Judged

# A variety by its own name, for those who read that language.
NATIVE = {
    "fa/formal": "رسمی",
    "fa/colloquial": "گفتاری",
    "fa/noisy": "پرغلط",
    "fa/finglish": "فینگلیش",
    "fa/story": "ماجرای بلند",
    "fa/context": "در میان گفتگو",
    "ar/msa": "فصحى",
    "ar/gulf": "خليجي",
    "ar/egyptian": "مصري",
    "ar/levantine": "شامي",
    "ar/noisy": "كثير الأخطاء",
    "ar/arabizi": "عربيزي",
    "ar/story": "حكاية طويلة",
    "ar/context": "في سياق الحديث",
}
DIALOGUE = ("dialogue", "گفتگو", "الحوار")


def page(summary: Summary, *, knowledge: Knowledge, model: str, now: datetime) -> str:
    """Return the page; ``model`` names the archive that was measured, ``now`` is aware."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html").render(
        summary=summary,
        result=summary.result,
        by_intent=weakest_first(summary.result["by_intent"]),
        titles={q.id: q.title for q in knowledge.questions.values()},
        langs=list(Lang),
        errors=_errors(summary),
        most_changes=MOST_CHANGES,
        model=model,
        now=now,
        varieties_plot=Markup(_varieties(summary.result)),  # noqa: S704 - drawn here, letters as outlines
        topics_plot=Markup(_topics(summary, knowledge)),  # noqa: S704
        reliability_plot=Markup(plots.reliability(summary.bins, name="reliability")),  # noqa: S704
    )


def _errors(summary: Summary) -> list[tuple[str, list[Judged]]]:
    """Group what went wrong by intent, the most errors first."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in summary.judged:
        if not j.right:
            groups[j.row.intent].append(j)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _varieties(result: Mapping[str, Any]) -> str:
    goals = {goal.path[1]: goal.bound for goal in GOALS if goal.path[0] == "by_variety"}
    groups = result["by_variety"]
    rows = [
        Bar(
            label=name,
            native=NATIVE.get(name, ""),
            lang=name.split("/")[0],
            value=group["accuracy"],
            rows=group["rows"],
            goal=goals.get(name),
        )
        for name, group in groups.items()
    ]
    lowest = min((bar.value for bar in rows), default=0.0)
    return plots.bars(rows, name="varieties", left=max(0.0, int(lowest * 10 - 0.5) / 10))


def _topics(summary: Summary, knowledge: Knowledge) -> str:
    ordered = sorted(knowledge.topics.values(), key=lambda topic: topic.position)
    names = [(t.id, t.title[Lang.FA], t.title[Lang.AR]) for t in ordered] + [DIALOGUE]
    hits: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for j in summary.judged:
        question = knowledge.questions.get(j.row.intent)
        topic = question.topic if question else DIALOGUE[0]
        hits[topic, j.row.lang.value].append(j.right)
    accuracy = {where: sum(right) / len(right) for where, right in hits.items()}
    return plots.topics(names, accuracy, name="topics")
