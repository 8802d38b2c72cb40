"""Ways to learn are compared on the same messages."""

import numpy as np

from benchmarks.ablation import Rows, nearest
from benchmarks.arenas import Arena, compared, signed
from benchmarks.kept import Kept
from jawab.text.analysis import analyze
from jawab.text.language import Lang

VECTORS = np.array([[1, 0], [0.9, 0], [0, 1], [0, 0.9]], dtype=np.float32)
ROWS = Rows([analyze("متن", prior=Lang.FA)] * 4, ["a", "a", "b", "b"], VECTORS)
ASKED = Rows(ROWS.analyses[:2], ["a", "a"], VECTORS[[0, 2]])


def test_each_set_tells_which_messages_were_right_and_is_asked_once(tmp_path):
    arena = Arena("small", lambda: ROWS, {"same": lambda: ROWS, "others": lambda: ASKED})
    said = []
    for _ in range(2):
        kept = Kept(tmp_path / "kept.json", of="x", say=said.append)
        hits = arena.hits("nearest", nearest, kept=kept)
        assert hits == {"same": [True] * 4, "others": [True, False]}
    assert "kept from" in said[1]


def test_the_first_row_has_accuracies_and_the_others_what_they_win():
    whole = {"set": [True, True, False, False] * 50}
    better = {"set": [True] * 200}
    assert compared("the whole", whole, whole)["set"].startswith("0.500 (")
    assert compared("better", better, whole)["set"].startswith("+0.500 (+0.4")


def test_nothing_gained_is_said_so():
    assert signed([True, False], [True, False]) == "+0.000 (+0.000 to +0.000)"
