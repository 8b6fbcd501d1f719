"""Metrics in a form that Prometheus reads."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.chat.telemetry.metrics import BOUNDS, CALLS, HANDLING, UPDATES, Metrics

LINE = re.compile(r'[a-z_]+(\{[a-z]+="(\\.|[^"\\])*"(,[a-z]+="(\\.|[^"\\])*")*\})? [-+0-9.e]+')


@pytest.fixture
def metrics():
    return Metrics()


def test_nothing_is_said_of_what_did_not_happen(metrics):
    assert metrics.text() == "\n"


def test_every_line_can_be_read_and_every_metric_is_explained_once(metrics):
    metrics.count(UPDATES, kind="message")
    metrics.count(CALLS, method="sendMessage", outcome="ok")
    metrics.count(CALLS, outcome='Time\\d "Out"\n', method="sendMessage")
    metrics.observe(HANDLING, 0.3)
    metrics.gauge("dateline_deaf", "1 while Telegram is not heard.", lambda: 0.0)
    *lines, last = metrics.text().split("\n")
    assert last == ""
    told = [line for line in lines if not line.startswith("#")]
    assert [line for line in told if not LINE.fullmatch(line)] == []
    names = {re.split(r"[ {]", re.sub(r"_(bucket|sum|count)\b", "", line), maxsplit=1)[0] for line in told}
    assert sorted(line.split()[2] for line in lines if line.startswith("# TYPE")) == sorted(names)
    assert sorted(line.split()[2] for line in lines if line.startswith("# HELP")) == sorted(names)
    assert 'dateline_telegram_calls_total{method="sendMessage",outcome="Time\\\\d \\"Out\\"\\n"} 1' in lines
    assert "dateline_deaf 0" in lines


def test_counters_add_up_by_label(metrics):
    for kind in ("message", "message", "callback_query"):
        metrics.count(UPDATES, kind=kind)
    assert 'dateline_updates_total{kind="message"} 2' in metrics.text()
    assert metrics.total(UPDATES) == 3
    assert metrics.total(CALLS) == 0


def test_a_histogram_counts_all_that_is_not_above_its_bounds(metrics):
    for seconds in (0.005, BOUNDS[0], 0.3, 100.0):
        metrics.observe(HANDLING, seconds)
    told = metrics.text()
    assert 'dateline_handling_seconds_bucket{le="0.01"} 2\n' in told
    assert 'dateline_handling_seconds_bucket{le="0.25"} 2\n' in told
    assert 'dateline_handling_seconds_bucket{le="0.5"} 3\n' in told
    assert 'dateline_handling_seconds_bucket{le="+Inf"} 4\n' in told
    assert "dateline_handling_seconds_count 4\n" in told
    assert "dateline_handling_seconds_sum 100.315\n" in told


def test_several_threads_may_count(metrics):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: metrics.count(UPDATES, kind="message"), range(2000)))
    assert metrics.total(UPDATES) == 2000
