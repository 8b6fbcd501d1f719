"""The date rules against people's annotations, and the scorer that measures them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.dates import Document, Expression, pairings_of, pairs, read_documents, scores
from tests.paths import ROOT

EXTRACT = ROOT / "tests" / "data" / "meantime" / "dates.jsonl"


def expression(start: int, end: int, value: str = "2022", kind: str = "DATE") -> Expression:
    return Expression(start=start, end=end, text="x" * (end - start), type=kind, value=value)


def document(*expressions: Expression) -> Document:
    return Document(id="a", published=None, text="x" * 100, expressions=expressions)


def test_the_date_rules_keep_their_figures() -> None:
    figures = scores(pairings_of(read_documents(EXTRACT), "DATE"))
    assert figures["relaxed"].f1 >= 0.92
    assert figures["value"].f1 >= 0.87


def test_all_types_keep_their_figures() -> None:
    figures = scores(pairings_of(read_documents(EXTRACT)))
    assert figures["relaxed"].f1 >= 0.90
    assert figures["type"].f1 >= 0.88


def test_each_way_to_count() -> None:
    wanted = document(expression(0, 4), expression(10, 14), expression(20, 24), expression(30, 34))
    found = (expression(0, 4), expression(9, 14), expression(20, 24, "2021"), expression(20, 22), expression(50, 54))
    figures = scores(pairs(wanted, found))
    assert figures["strict"].f1 == pytest.approx(2 * 2 / 9)
    assert figures["relaxed"].f1 == pytest.approx(2 * 3 / 9)
    assert figures["value"].f1 == pytest.approx(2 * 2 / 9)
    assert (figures["relaxed"].precision, figures["relaxed"].recall) == (pytest.approx(3 / 5), pytest.approx(3 / 4))


def test_one_found_expression_answers_one_annotation() -> None:
    wanted = document(expression(0, 20), expression(5, 9))
    assert scores(pairs(wanted, [expression(5, 9)]))["relaxed"].recall == pytest.approx(1 / 2)


def test_only_the_annotated_lines_count(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    row = '{"id": "a", "published": "03-02-2009", "text": "1 May 2020\\n2 May 2020", "expressions": %s}'
    path.write_text(row % '[{"start": 11, "end": 21, "text": "2 May 2020", "type": "DATE", "value": "2020-05-02"}]')
    (cut,) = read_documents(path, lines=1)
    assert (cut.text, cut.published, cut.expressions) == ("1 May 2020", None, ())
