"""The figures of a running bot as Prometheus reads them; the only importer of prometheus_client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client import disable_created_metrics as _disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

# what ``generate_latest`` writes, whatever a client would accept
CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
# upper bounds of the classes of durations, in seconds: an answer takes hundredths, a call of the Bot API up to 20 s
BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters and durations of one bot, in seconds, and what is read when it is asked for; safe for several threads.

    Each has a registry of its own, so that several bots in one process do not count for each other.
    """

    def __init__(self) -> None:
        _disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which nobody reads
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        counter, duration = self._counter, self._duration
        self.updates = counter("dateline_updates_total", "Updates taken from Telegram, by kind.", "kind")
        self.answers = counter(
            "dateline_answers_total", "Questions put to the articles, by outcome: answer or silence.", "outcome"
        )
        self.failures = counter("dateline_failures_total", "Updates that could not be answered, by error.", "error")
        self.calls = counter(
            "dateline_telegram_calls_total", "Calls of the Bot API, by method and outcome.", "method", "outcome"
        )
        self.answering = duration("dateline_answering_seconds", "Time from a question to its answer, without sending.")
        self.handling = duration("dateline_handling_seconds", "Time from an update's arrival until it is done.")
        self.calling = duration("dateline_telegram_call_seconds", "Time that calls of the Bot API take.")

    def gauge(self, name: str, description: str, read: Callable[[], float]) -> None:
        """Read a number whenever the metrics are asked for."""
        Gauge(name, description, registry=self._registry).set_function(read)

    def text(self) -> str:
        """Every metric in Prometheus' text format 0.0.4."""
        return generate_latest(self._registry).decode()

    def _counter(self, name: str, description: str, *labels: str) -> Counter:
        return Counter(name, description, labels, registry=self._registry)

    def _duration(self, name: str, description: str) -> Histogram:
        return Histogram(name, description, buckets=BOUNDS, registry=self._registry)


def total(counter: Counter) -> int:
    """A counter's sum over all its labels."""
    return int(sum(sample.value for metric in counter.collect() for sample in metric.samples))
