"""Numbers about the running bot, in the text format of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from threading import Lock
from typing import Literal

TYPE = "text/plain; version=0.0.4; charset=utf-8"
# upper bounds, in seconds, of the classes into which durations fall
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

Labels = tuple[tuple[str, str], ...]
Kind = Literal["counter", "gauge", "histogram"]


@dataclass(frozen=True)
class Metric:
    """A number with a name: what it counts or measures."""

    name: str
    kind: Kind
    help: str


UPDATES = Metric("dateline_updates_total", "counter", "Updates taken from Telegram, by kind.")
ANSWERS = Metric("dateline_answers_total", "counter", "Questions put to the articles, by outcome: answer or silence.")
FAILURES = Metric("dateline_failures_total", "counter", "Updates that could not be answered, by error.")
CALLS = Metric("dateline_telegram_calls_total", "counter", "Calls of the Bot API, by method and outcome.")
ANSWERING = Metric("dateline_answering_seconds", "histogram", "Time from a question to its answer, without sending.")
HANDLING = Metric("dateline_handling_seconds", "histogram", "Time from an update's arrival until it is done.")
CALLING = Metric("dateline_telegram_call_seconds", "histogram", "Time that calls of the Bot API take.")


@dataclass
class _Times:
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0


class Metrics:
    """Counters and durations; gauges are read when they are asked for. For several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counters: defaultdict[Metric, defaultdict[Labels, float]] = defaultdict(lambda: defaultdict(float))
        self._times: defaultdict[Metric, _Times] = defaultdict(_Times)
        self._gauges: dict[Metric, Callable[[], float]] = {}

    def count(self, metric: Metric, **labels: str) -> None:
        """Add one to a counter."""
        with self._lock:
            self._counters[metric][tuple(sorted(labels.items()))] += 1

    def observe(self, metric: Metric, seconds: float) -> None:
        """Add a duration to a histogram."""
        with self._lock:
            times = self._times[metric]
            times.counts[bisect_left(BOUNDS, seconds)] += 1
            times.total += seconds

    def gauge(self, name: str, help_: str, read: Callable[[], float], kind: Kind = "gauge") -> None:
        """Let a number be read whenever the metrics are asked for."""
        self._gauges[Metric(name, kind, help_)] = read

    def total(self, metric: Metric) -> int:
        """A counter's sum over all labels."""
        with self._lock:
            return int(sum(self._counters[metric].values()))

    def text(self) -> str:
        """Every metric as Prometheus reads it."""
        with self._lock:
            counters = {metric: dict(counts) for metric, counts in self._counters.items()}
            times = {metric: (tuple(each.counts), each.total) for metric, each in self._times.items()}
        gauges: dict[Metric, dict[Labels, float]] = {metric: {(): read()} for metric, read in self._gauges.items()}
        lines = [*_samples(counters), *_samples(gauges), *_histograms(times)]
        return "\n".join(lines) + "\n"


def _samples(metrics: Mapping[Metric, Mapping[Labels, float]]) -> Iterator[str]:
    for metric, samples in sorted(metrics.items(), key=lambda item: item[0].name):
        yield from _head(metric)
        for labels, value in sorted(samples.items()):
            yield f"{metric.name}{_braced(labels)} {value:.15g}"


def _histograms(metrics: Mapping[Metric, tuple[Sequence[int], float]]) -> Iterator[str]:
    for metric, (counts, total) in sorted(metrics.items(), key=lambda item: item[0].name):
        yield from _head(metric)
        for bound, below in zip((*map(str, BOUNDS), "+Inf"), accumulate(counts), strict=True):
            yield f'{metric.name}_bucket{{le="{bound}"}} {below}'
        yield f"{metric.name}_sum {total:.15g}"
        yield f"{metric.name}_count {sum(counts)}"


def _head(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"


def _braced(labels: Labels) -> str:
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
