"""Reading all files of data/, each with a report of what is wrong in it.

data/faq/*.yml, data/shops/*.yml, data/dialogue/acts.yml, words.yml and followups.yml; data/lexicon belongs to the package
`jawab.text` and is only looked through for what would mislead Rasa.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jawab.knowledge import yaml_file
from jawab.knowledge.errors import Problem
from jawab.knowledge.followups import FollowUps, followups_file
from jawab.knowledge.question_files import TopicFile, acts_file, topic_file
from jawab.knowledge.questions import Act
from jawab.knowledge.report import Report
from jawab.knowledge.shop import Shop
from jawab.knowledge.shop_files import shop_file
from jawab.knowledge.texts import Texts
from jawab.knowledge.words_file import words_file

_FAQ = "data/faq"
_SHOPS = "data/shops"
_LEXICON = "data/lexicon"
_ACTS = "data/dialogue/acts.yml"
_WORDS = "data/dialogue/words.yml"
_FOLLOWUPS = "data/dialogue/followups.yml"


@dataclass(frozen=True)
class Files:
    """What the files hold, as far as it could be read, each part with the report of its file."""

    topics: tuple[tuple[TopicFile, Report], ...]
    shops: tuple[tuple[Shop, Report], ...]
    acts: tuple[tuple[Act, Report], ...]
    words: tuple[tuple[str, Texts, Report], ...]
    followups: tuple[FollowUps, Report]
    reports: tuple[Report, ...]
    every_topic_read: bool
    every_shop_read: bool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything reported so far, file by file."""
        return tuple(problem for report in self.reports for problem in report.problems)


def read_files(root: Path) -> Files:
    """Read everything below `root`/data; never raises for what the files hold."""
    reader = _Reader(root, [])
    topics = [(topic_file(content, report), report) for content, report in reader.folder(_FAQ)]
    shops = [(shop_file(content, report), report) for content, report in reader.folder(_SHOPS)]
    acts, acts_report = reader.file(_ACTS)
    words, words_report = reader.file(_WORDS)
    # A project without it goes on from no answer.
    followups, followups_report = reader.file(_FOLLOWUPS, needed=False)
    for _ in reader.folder(_LEXICON, needed=False):
        pass  # reading it reports what is wrong
    topics.sort(key=lambda read: read[0].topic.position if read[0] else 0)
    return Files(
        topics=tuple((topic, report) for topic, report in topics if topic is not None),
        shops=tuple((shop, report) for shop, report in shops if shop is not None),
        acts=tuple((act, acts_report) for act in acts_file(acts, acts_report)),
        words=tuple((k, t, words_report) for k, t in words_file(words, words_report).items()),
        followups=(followups_file(followups, followups_report), followups_report),
        reports=tuple(reader.reports),
        every_topic_read=all(topic is not None for topic, _ in topics),
        every_shop_read=bool(shops) and all(shop is not None for shop, _ in shops),
    )


@dataclass(frozen=True)
class _Reader:
    root: Path
    reports: list[Report]

    def folder(self, name: str, *, needed: bool = True) -> Iterator[tuple[object | None, Report]]:
        """Yield what each YAML file of a folder holds, in the order of their names."""
        paths = sorted(p for p in (self.root / name).glob("*") if p.suffix in (".yml", ".yaml"))
        if needed and not paths:
            self._report(name).error("has no YAML files", "add one for each topic or shop")
        for path in paths:
            yield self.file(f"{name}/{path.name}")

    def file(self, name: str, *, needed: bool = True) -> tuple[object | None, Report]:
        """Return what a file holds, None when it cannot be read, and its report."""
        report = self._report(name)
        if not needed and not (self.root / name).exists():
            return None, report
        return yaml_file.read(self.root / name, report), report

    def _report(self, name: str) -> Report:
        self.reports.append(Report(name))
        return self.reports[-1]
