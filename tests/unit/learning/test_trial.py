"""A trial tells which rows a change wins and which it loses."""

from jawab.learning.trial import compared, trained
from jawab.text.language import Lang
from jawab.understanding.evaluation import Row
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

from .small_project import small_project

TAUGHT = {
    "returns_how": ("how do I return an item", "send it back"),
    "order_track": ("where is my order", "track my parcel"),
    "greet": ("hello", "hi there"),
}
EXAMPLES = [Labelled(text, id, Lang.EN) for id, texts in TAUGHT.items() for text in texts]


def taught(examples):
    return Understander.train(examples, settings=PipelineSettings(), acts=frozenset({"greet"}))


def test_rows_won_and_lost_are_named_with_what_was_answered():
    more = [
        Labelled(text, "warranty", Lang.EN)
        for text in ("guarantee card please", "guarantee of this thing", "is there a guarantee")
    ]
    understander, candidate = taught(EXAMPLES), taught([*EXAMPLES, *more])
    rows = [
        Row("is there a guarantee please", "warranty", Lang.EN, "plain"),
        Row("where is my order", "order_track", Lang.EN, "plain"),
    ]
    told = []
    there = compared(
        rows, now=understander, candidate=candidate, progress=lambda *step: told.append(step)
    )
    assert [(flip.expected, flip.after) for flip in there.won] == [("warranty", "warranty")]
    assert there.lost == ()
    back = compared(rows, now=candidate, candidate=understander, progress=lambda *_: None)
    assert back.lost[0].text == "is there a guarantee please"
    assert there.after["accuracy"] > there.before["accuracy"]
    assert told == [("before", 0, 2), ("after", 0, 2)]


def test_the_control_tells_how_many_rows_turn_over_without_the_change():
    more = [Labelled("is there a guarantee", "warranty", Lang.EN), Labelled("guarantee card", "warranty", Lang.EN)]  # fmt: skip
    rows = [
        Row("is there a guarantee", "warranty", Lang.EN, "plain"),
        Row("where is my order", "order_track", Lang.EN, "plain"),
    ]
    now, candidate = taught(EXAMPLES), taught([*EXAMPLES, *more])
    told = []
    found = compared(
        rows, now=now, candidate=candidate, control=candidate, progress=lambda *step: told.append(step[0])
    )  # fmt: skip
    assert (found.control.won, found.control.lost) == (len(found.won), len(found.lost)) == (1, 0)
    assert found.control.figures == found.after
    assert told == ["before", "after", "control"]


def test_another_seed_learns_the_same_examples_otherwise(root, tmp_path):
    project = small_project(root, tmp_path)
    first, other = trained(project), trained(project, another_seed=True)
    text = "کفشی که خریدم رو چطور پس بفرستم"
    ranked = [each.understand(text, prior=Lang.FA).ranking for each in (first, other)]
    assert ranked[0] != ranked[1]
    assert all(len(ranking) > 1 for ranking in ranked)
