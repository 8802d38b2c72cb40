"""Regular expressions take time in proportion to the text, also where the text was made to hold them up."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import jawab

from .adversary import growth

MOST = 1.6  # linear work measured on a busy machine stays well below, the square's is 2
METHODS = frozenset(("match", "fullmatch", "search", "sub", "findall", "finditer", "split"))
SQUARE = 2.5
# Work that grows with the square, of texts that are short: by whom they are cut.
SHORT = {
    "jawab.text.language._named": "LONGEST_TEXT, 1,000 characters",
    "jawab.text.latin_script._word": "LONGEST_TEXT of jawab.text.language, 1,000 characters",
    "jawab.knowledge.public_holidays._LABEL": "names of days, which the library holidays gives",
}
APART = ("jawab.nlu", "jawab.support.migrations")  # Rasa is not loaded here


def modules():
    """Every module of ours."""
    for found in pkgutil.walk_packages(jawab.__path__, "jawab."):
        if not found.name.startswith(APART):
            yield importlib.import_module(found.name)


def patterns_in(value):
    """The patterns of a module's variable, those within tuples and tables too."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from patterns_in(item)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from patterns_in(item)


def all_patterns():
    """Name, pattern, and the methods that its module calls."""
    seen = set()
    for module in modules():
        source = Path(module.__file__).read_text("utf-8")
        for name, value in vars(module).items():
            if name.startswith("__"):
                continue
            for pattern in patterns_in(value):
                if (pattern.pattern, pattern.flags) in seen:
                    continue
                seen.add((pattern.pattern, pattern.flags))
                called = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", source)) & METHODS
                yield f"{module.__name__}.{name}", pattern, called or {"search"}


PATTERNS = list(all_patterns())


def test_there_are_patterns_to_look_at():
    assert len(PATTERNS) > 100
    assert {name for name, _, _ in PATTERNS} >= set(SHORT)


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"\s+$", r"[\w.]+@", r"(a|ab?)*c"])
def test_the_adversary_finds_what_is_slow(pattern):
    exponent, _ = growth(re.compile(pattern), "search", enough=MOST)
    assert exponent > MOST


@pytest.mark.parametrize(
    ("name", "pattern", "methods"),
    [pytest.param(*one, id=f"{one[0]}-{number}") for number, one in enumerate(PATTERNS)],
)
def test_a_hostile_text_costs_no_more_than_its_length(name, pattern, methods):
    short = name in SHORT
    most, limits = (SQUARE, {"longest": 1000}) if short else (MOST, {})
    for method in methods:
        exponent, attack = growth(pattern, method, enough=most, **limits)
        if exponent > most:
            exponent, attack = growth(pattern, method, **limits)  # a busy machine measures itself
        assert exponent < most, f"{name}.{method} takes n^{exponent:.1f} for {attack!r} repeated"
