"""Metrics in a form that Prometheus reads, under the names that people already scrape."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.chat.telemetry.metrics import BOUNDS, CONTENT_TYPE, Metrics, total

SCRAPED = {
    "dateline_updates_total": "counter",
    "dateline_answers_total": "counter",
    "dateline_failures_total": "counter",
    "dateline_telegram_calls_total": "counter",
    "dateline_answering_seconds": "histogram",
    "dateline_handling_seconds": "histogram",
    "dateline_telegram_call_seconds": "histogram",
}


@pytest.fixture
def metrics():
    return Metrics()


def samples(metrics: Metrics) -> dict[str, float]:
    """Every sample as Prometheus' own parser reads it, by name and labels."""
    families = text_string_to_metric_families(metrics.text())
    return {f"{each.name}{each.labels or ''}": each.value for family in families for each in family.samples}


def test_every_metric_keeps_the_name_and_kind_that_are_scraped(metrics):
    kinds = dict(re.findall(r"^# TYPE (dateline_\S+) (\S+)$", metrics.text(), re.MULTILINE))
    assert kinds == SCRAPED
    assert CONTENT_TYPE.startswith("text/plain; version=0.0.4")


def test_counters_add_up_by_label_and_there_is_no_second_series_beside_them(metrics):
    for kind in ("message", "message", "callback_query"):
        metrics.updates.labels(kind).inc()
    assert samples(metrics)["dateline_updates_total{'kind': 'message'}"] == 2
    assert total(metrics.updates) == 3
    assert total(metrics.calls) == 0
    assert "_created" not in metrics.text()


def test_whatever_is_in_a_label_can_be_read(metrics):
    outcome = 'Time\\d "Out"\n'
    metrics.calls.labels("sendMessage", outcome).inc()
    labels = {"method": "sendMessage", "outcome": outcome}
    assert samples(metrics)[f"dateline_telegram_calls_total{labels}"] == 1


def test_a_histogram_counts_all_that_is_not_above_its_bounds(metrics):
    for seconds in (0.005, BOUNDS[0], 0.3, 100.0):
        metrics.handling.observe(seconds)
    found = samples(metrics)
    buckets = {bound: found[f"dateline_handling_seconds_bucket{{'le': '{bound}'}}"] for bound in (0.01, 0.25, 0.5)}
    assert buckets == {0.01: 2, 0.25: 2, 0.5: 3}
    assert found["dateline_handling_seconds_bucket{'le': '+Inf'}"] == found["dateline_handling_seconds_count"] == 4
    assert found["dateline_handling_seconds_sum"] == pytest.approx(100.315)


def test_a_gauge_is_read_when_the_metrics_are_asked_for(metrics):
    level = 1.0
    metrics.gauge("dateline_level", "How high it is.", lambda: level)
    assert samples(metrics)["dateline_level"] == 1.0
    level = 2.5
    assert samples(metrics)["dateline_level"] == 2.5


def test_two_bots_in_one_process_do_not_count_for_each_other(metrics):
    metrics.updates.labels("message").inc()
    assert total(Metrics().updates) == 0


def test_several_threads_may_count(metrics):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: metrics.updates.labels("message").inc(), range(2000)))
    assert total(metrics.updates) == 2000
