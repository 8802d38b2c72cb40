"""A trial tells which rows a change wins and which it loses."""

from jawab.learning.trial import compared
from jawab.text.language import Lang
from jawab.understanding.evaluation import Row
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

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
