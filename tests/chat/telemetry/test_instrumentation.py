"""Answers are counted by outcome and timed, and the worker's log names the update."""

from __future__ import annotations

import logging

from bot.chat.telemetry.instrumentation import InstrumentedService, Worker
from bot.chat.telemetry.log_config import TextFormatter, about
from bot.chat.telemetry.metrics import Metrics, total
from tests.factories import FakeDateline, make_article


def test_answers_are_counted_by_outcome_and_everything_else_is_passed_on():
    metrics, times = Metrics(), iter([1.0, 1.5, 2.0, 2.25])
    service = InstrumentedService(FakeDateline([make_article()]), metrics, clock=lambda: next(times))
    service.answer("When did the ferry reach Dover?", None)
    service.answer("unknown words", None)
    assert 'dateline_answers_total{outcome="answer"} 1.0\n' in metrics.text()
    assert 'dateline_answers_total{outcome="silence"} 1.0\n' in metrics.text()
    assert "dateline_answering_seconds_sum 0.75\n" in metrics.text()
    assert total(metrics.answers) == 2
    assert len(service.headers()) == 1


def test_the_worker_logs_in_the_name_of_the_update_that_it_works_for(caplog):
    seen: list[str] = []

    def work() -> None:
        seen.append(TextFormatter().format(logging.makeLogRecord({"msg": "working"})))

    with Worker() as worker:
        with about(77):
            worker.submit(work).result()
        worker.submit(work).result()
    assert seen[0].endswith("working [77]")
    assert seen[1].endswith("working")
