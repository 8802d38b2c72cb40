"""What Rasa keeps of our components' results from one training to the next."""

import yaml
from rasa.engine.training.fingerprinting import calculate_fingerprint_key
from rasa.shared.utils.common import class_from_module_path

from jawab import training
from jawab.settings import PROJECT


def ours():
    pipeline = yaml.safe_load((PROJECT / "config.yml").read_text("utf-8"))["pipeline"]
    return [class_from_module_path(component["name"]) for component in pipeline]


def test_results_of_other_code_count_for_nothing(monkeypatch):
    before = {kind: calculate_fingerprint_key(kind, {}, {}) for kind in ours()}
    assert before == {kind: calculate_fingerprint_key(kind, {}, {}) for kind in ours()}
    # The same component, whose modules below have changed.
    monkeypatch.setattr(training, "CODE", (*training.CODE, ("jawab", "leash.py")))
    training.code_fingerprint.cache_clear()
    after = {kind: calculate_fingerprint_key(kind, {}, {}) for kind in ours()}
    training.code_fingerprint.cache_clear()
    assert len(before) == 5
    assert not before.items() & after.items()
