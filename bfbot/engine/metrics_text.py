"""Prometheus' text format, as far as bfbot needs it: gauges with labels. Pure.

The client library would cost 12 MB and a fifth of a second for these few lines; the tests read them with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """A measure and its values by labels; one without values is only described."""

    name: str
    meaning: str
    values: tuple[tuple[Mapping[str, str], float], ...]


def gauge(name: str, meaning: str, *values: tuple[Mapping[str, str], float | None]) -> Gauge:
    """Values that are unknown are left out: unknown is not zero."""
    return Gauge(name, meaning, tuple((labels, float(value)) for labels, value in values if value is not None))


def text(gauges: Iterable[Gauge]) -> str:
    lines = []
    for one in gauges:
        lines += [f"# HELP {one.name} {_escaped(one.meaning, quotes=False)}", f"# TYPE {one.name} gauge"]
        lines += [f"{one.name}{_labels(labels)} {value!r}" for labels, value in one.values]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str, *, quotes: bool = True) -> str:
    value = value.replace("\\", "\\\\").replace("\n", "\\n")
    return value.replace('"', '\\"') if quotes else value
