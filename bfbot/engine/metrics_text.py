"""Prometheus' text format, as far as bfbot needs it: gauges, counters and histograms with labels. Pure.

The client library would cost 12 MB and a fifth of a second for these few lines; the tests read them with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


Labels = Mapping[str, str]


@dataclass(frozen=True)
class Family:
    """A measure and its samples: the full name of each, its labels, its value. There may be none."""

    name: str
    kind: str
    meaning: str
    samples: tuple[tuple[str, Labels, float], ...]


def gauge(name: str, meaning: str, *values: tuple[Labels, float | None]) -> Family:
    """Values that are unknown are left out: unknown is not zero."""
    known = ((name, labels, float(value)) for labels, value in values if value is not None)
    return Family(name, "gauge", meaning, tuple(known))


def counter(name: str, meaning: str, *values: tuple[Labels, float]) -> Family:
    """`name` ends with _total, as Prometheus wants it."""
    return Family(name, "counter", meaning, tuple((name, labels, float(value)) for labels, value in values))


def histogram(
    name: str, meaning: str, bounds: Sequence[float], *values: tuple[Labels, Sequence[int], float]
) -> Family:
    """`values`: labels, how many lie up to each of `bounds` and (last) above all of them, and their sum."""
    samples: list[tuple[str, Labels, float]] = []
    for labels, counts, total in values:
        below = 0
        for bound, count in zip([*(repr(one) for one in bounds), "+Inf"], counts, strict=True):
            below += count
            samples.append((f"{name}_bucket", {**labels, "le": bound}, float(below)))
        samples += [(f"{name}_sum", labels, float(total)), (f"{name}_count", labels, float(below))]
    return Family(name, "histogram", meaning, tuple(samples))


def text(families: Iterable[Family]) -> str:
    lines = []
    for one in families:
        lines += [f"# HELP {one.name} {_escaped(one.meaning, quotes=False)}", f"# TYPE {one.name} {one.kind}"]
        lines += [f"{name}{_labels(labels)} {value!r}" for name, labels, value in one.samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str, *, quotes: bool = True) -> str:
    value = value.replace("\\", "\\\\").replace("\n", "\\n")
    return value.replace('"', '\\"') if quotes else value
