"""Numbers in the text form that Prometheus reads.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format (version 0.0.4)
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Kind(str, Enum):
    """Whether a number only grows, goes up and down, or counts by size (Prometheus' types)."""

    COUNTER = "counter"  # only ever grows, until the process starts again
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True)
class Family:
    """Numbers of one name; `labels` are the names that tell them apart."""

    name: str
    kind: Kind
    help: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sample:
    """One number: the values of its family's labels, and more labels (a histogram's `le`)."""

    value: float
    labels: tuple[str, ...] = ()
    suffix: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


def rendered(families: Iterable[tuple[Family, Sequence[Sample]]]) -> str:
    r"""The page that Prometheus reads.

    >>> up = Family("up", Kind.GAUGE, "Serves.", ("part",))
    >>> rendered([(up, [Sample(1, ("rasa",))])])
    '# HELP up Serves.\n# TYPE up gauge\nup{part="rasa"} 1\n'
    """
    return "".join(f"{line}\n" for family, samples in families for line in _lines(family, samples))


def _lines(family: Family, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {family.name} {_escaped(family.help)}"
    yield f"# TYPE {family.name} {family.kind.value}"
    for sample in samples:
        named = dict(zip(family.labels, sample.labels, strict=True)) | dict(sample.more)
        inside = ",".join(f'{name}="{_quoted(value)}"' for name, value in named.items())
        labels = f"{{{inside}}}" if inside else ""
        yield f"{family.name}{sample.suffix}{labels} {_written(sample.value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _written(value: float) -> str:
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return f"{value:.17g}"
