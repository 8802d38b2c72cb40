import re
from datetime import datetime, timezone
from html.parser import HTMLParser

import pytest

from evaluation.baseline import baseline
from evaluation.boundaries import load_boundaries
from evaluation.confusion import confusions, reliability
from evaluation.goals import GOALS, standings
from evaluation.leakage import Taught, leaks
from evaluation.page import NATIVE, page
from evaluation.plots import drawn
from evaluation.summary import summarize
from evaluation.tables import tables
from jawab.knowledge import Example, load
from jawab.text.language import Lang
from jawab.understanding.decision import Outcome
from jawab.understanding.evaluation import measure


@pytest.fixture
def rows(judged):
    return [
        judged("سفارشم کجاست", "order_track", confidence=0.97),
        judged("پس سفارشم چی شد <b>", "order_late", taken_for="order_track", confidence=0.55),
        judged("وين طلبي", "order_track", lang="ar", variety="gulf"),
        judged("where is it", "order_track", lang="en", variety="plain", outcome=Outcome.OFFERED),
        judged("هوا چطوره", "out_of_scope", confidence=1.0),
    ]


@pytest.fixture
def summary(rows, judged):
    before = [*rows[:3], judged("where is it", "order_track", lang="en"), rows[4]]
    known = [Taught("order_track", Example("سفارشم کجاست؟", Lang.FA, "colloquial"))]
    boundaries = load_boundaries()
    old = summarize(before, boundaries=boundaries, leaks=[], baseline=None)
    return summarize(
        rows,
        boundaries=boundaries,
        leaks=leaks([j.row for j in rows], known),
        baseline=baseline(old.result, old.boundaries, before),
    )


def test_a_confusion_says_how_many_were_answered_wrongly(rows):
    (one,) = confusions(rows)
    assert (one.meant, one.taken_for, one.answered) == ("order_late", "order_track", 1)


def test_a_confidence_of_one_falls_into_the_last_bin(rows):
    last = reliability(rows)[-1]
    assert (last.low, last.high, last.rows) == (0.9, 1.0, 4)


def test_bins_tell_confidence_from_hits(rows):
    first = reliability(rows)[0]
    assert (first.confidence, first.hits) == (pytest.approx(0.55), 0.0)


def test_a_goal_without_rows_is_not_reached():
    assert not any(standing.reached for standing in standings(measure([])))


def test_refusals_are_held_to_an_upper_bound(rows):
    refused = next(s for s in standings(measure(rows)) if s.goal.path[-1] == "refused")
    assert refused.reached
    assert refused.figure == 0.0


def test_every_goal_names_a_figure_of_the_report_and_none_is_named_twice():
    assert len({goal.path for goal in GOALS}) == len(GOALS) == 17


def test_the_tables_show_goals_confusions_boundaries_calibration_and_the_baseline(summary):
    shown = tables(summary)
    for part in (
        "by language",
        "by variety",
        "by intent",
        "order_late → order_track",
        "Weekly hours, public holidays",
        "expected calibration error",
        "goals reached",
        "1 rows are too like a training example",
        "won 0 rows, lost 1 rows against the baseline",
    ):
        assert part in shown


class Tags(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def written(summary, root):
    now = datetime(2026, 11, 22, tzinfo=timezone.utc)
    return page(summary, knowledge=load(root), model="jawab-1.tar.gz", now=now)


def test_the_page_fetches_nothing_and_runs_nothing(written):
    tags = Tags()
    tags.feed(written)
    assert not {tag for tag, _ in tags.found} & {"script", "iframe", "img", "object", "embed"}
    for tag, attributes in tags.found:
        for name in ("src", "href", "xlink:href"):
            target = attributes.get(name)
            assert target is None or target.startswith(("#", "data:,")), (tag, target)
    assert "@import" not in written
    assert re.findall(r"url\((?!#)", written) == []


def test_a_shoppers_words_stand_in_their_own_direction_and_are_escaped(written):
    assert '<td dir="auto" lang="fa">پس سفارشم چی شد &lt;b&gt;' in written


def test_the_page_shows_reached_and_missed_goals(written):
    assert "✓ reached" in written
    assert "✗ missed" in written


def test_the_ids_of_the_plots_do_not_meet(written):
    tags = Tags()
    tags.feed(written)
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert sum(tag == "svg" for tag, _ in tags.found) == 3


def test_the_page_is_the_same_each_time(summary, root, written):
    now = datetime(2026, 11, 22, tzinfo=timezone.utc)
    again = page(summary, knowledge=load(root), model="jawab-1.tar.gz", now=now)
    assert again == written


def test_labels_are_joined_and_put_in_visual_order_for_the_plots():
    # The last letter of the Persian word stands leftmost, with no letter joined to it; lam and alef are one glyph.
    assert drawn("گفتاری") == "\ufbfc\ufead\ufe8e\ufe98\ufed4\ufb94"
    assert "\ufef7" in drawn("الأخطاء") or "\ufef8" in drawn("الأخطاء")


@pytest.mark.parametrize("label", NATIVE.values())
def test_the_font_of_the_plots_has_every_letter_of_a_label(label):
    font_manager = pytest.importorskip("matplotlib.font_manager")
    from matplotlib.ft2font import FT2Font

    letters = FT2Font(font_manager.findfont("DejaVu Sans")).get_charmap()
    assert [hex(ord(c)) for c in drawn(label) if ord(c) not in letters] == []
