"""Scores the date rules on annotated documents, in the manner of TempEval-3.

    python -m benchmarks.dates DOCUMENTS.jsonl [--from 80] [--to 118] [--lines 6] [--misses 20]

A row holds ``id, published, text`` and ``expressions`` of ``start, end, type, value``. MEANTIME annotates a document's
headline, date line and first four sentences, one a line, so only the first ``--lines`` lines count (0: all of them).
strict: the same span; relaxed: some overlap; type and value: overlap with the same type or value. An expression is
matched once at most, the best fit first. DATE, TIME, DURATION and SET rows keep only that type on both sides.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from retrieval.models import Record
from retrieval.timex.finder import find_dates

TYPES = ("DATE", "TIME", "DURATION", "SET")


class Expression(Record):
    """A date expression, annotated or found."""

    start: int
    end: int
    text: str
    type: str
    value: str | None


class Document(Record):
    """An annotated document, cut to its annotated part."""

    id: str
    published: date | None
    text: str
    expressions: tuple[Expression, ...]


class Pairing(Record):
    """What was annotated next to what was found for it; one side may be missing."""

    document: str
    wanted: Expression | None
    found: Expression | None


class Score(Record):
    """Precision, recall and F1 of one way to count."""

    precision: float
    recall: float
    f1: float


def read_documents(path: Path, lines: int = 0) -> tuple[Document, ...]:
    """The documents of a JSON-lines file, each cut to its first ``lines`` lines (0: whole)."""
    rows = path.read_text(encoding="utf-8").split("\n")
    return tuple(_document(json.loads(row), lines) for row in rows if row.strip())


def _document(row: dict[str, object], lines: int) -> Document:
    text = str(row["text"])
    kept = "\n".join(text.split("\n")[:lines]) if lines else text
    expressions = [Expression.model_validate(each) for each in row["expressions"]]  # type: ignore[attr-defined]
    return Document(
        id=str(row["id"]),
        published=_day(str(row["published"])),
        text=kept,
        expressions=tuple(each for each in expressions if each.end <= len(kept)),
    )


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None


def found_in(document: Document) -> tuple[Expression, ...]:
    mentions = find_dates(document.text, document.published)
    return tuple(
        Expression(
            start=mention.span.start,
            end=mention.span.end,
            text=mention.span.of(document.text),
            type=mention.kind.value.upper(),
            value=mention.value,
        )
        for mention in mentions
    )


def pairs(document: Document, found: Iterable[Expression]) -> Iterator[Pairing]:
    """Each annotated expression with what was found for it, then what was found for nothing."""
    left = list(found)
    missed = []
    for wanted in sorted(document.expressions, key=lambda each: each.end - each.start):
        match = max(left, key=lambda each: _fit(wanted, each), default=None)
        if match is None or _overlap(wanted, match) <= 0:
            missed.append(wanted)
            continue
        left.remove(match)
        yield Pairing(document=document.id, wanted=wanted, found=match)
    yield from (Pairing(document=document.id, wanted=wanted, found=None) for wanted in missed)
    yield from (Pairing(document=document.id, wanted=None, found=each) for each in left)


def _fit(wanted: Expression, found: Expression) -> tuple[bool, int]:
    return (wanted.start, wanted.end) == (found.start, found.end), _overlap(wanted, found)


def _overlap(one: Expression, other: Expression) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def only(kind: str, document: Document) -> Document:
    kept = tuple(each for each in document.expressions if each.type == kind)
    return document.model_copy(update={"expressions": kept})


def scores(pairings: Iterable[Pairing]) -> dict[str, Score]:
    counts: Counter[str] = Counter()
    for pair in pairings:
        counts["wanted"] += pair.wanted is not None
        counts["found"] += pair.found is not None
        if pair.wanted is None or pair.found is None:
            continue
        same_span = (pair.wanted.start, pair.wanted.end) == (pair.found.start, pair.found.end)
        counts["strict"] += same_span
        counts["relaxed"] += 1
        counts["type"] += pair.wanted.type == pair.found.type
        counts["value"] += pair.wanted.value == pair.found.value
    return {way: _score(counts, way) for way in ("strict", "relaxed", "type", "value")}


def _score(counts: Counter[str], way: str) -> Score:
    right, wanted, found = counts[way], counts["wanted"], counts["found"]
    f1 = 2 * right / (wanted + found) if wanted + found else 0.0
    return Score(precision=right / found if found else 0.0, recall=right / wanted if wanted else 0.0, f1=f1)


def pairings_of(documents: Iterable[Document], kind: str | None = None) -> list[Pairing]:
    """Every pairing of the documents, over all types or one."""
    result: list[Pairing] = []
    for document in documents:
        found = found_in(document)
        if kind is not None:
            document, found = only(kind, document), tuple(each for each in found if each.type == kind)  # noqa: PLW2901
        result.extend(pairs(document, found))
    return result


def table(documents: tuple[Document, ...]) -> str:
    """The score table as lines of text."""
    lines = [f"{'':10}{'wanted':>7}{'found':>7}{'strict':>8}{'relaxed':>8}{'type':>8}{'value':>8}   (F1)"]
    for kind in (None, *TYPES):
        pairings = pairings_of(documents, kind)
        wanted = sum(pair.wanted is not None for pair in pairings)
        found = sum(pair.found is not None for pair in pairings)
        figures = "".join(f"{score.f1:8.3f}" for score in scores(pairings).values())
        lines.append(f"{kind or 'all':10}{wanted:7}{found:7}{figures}")
    return "\n".join(lines)


def misses(pairings: Iterable[Pairing]) -> Iterator[str]:
    for pair in pairings:
        if pair.wanted is None or pair.found is None or pair.wanted.value != pair.found.value:
            yield f"{pair.document[:32]:34}wanted {_shown(pair.wanted):52} found {_shown(pair.found)}"


def _shown(expression: Expression | None) -> str:
    return "-" if expression is None else f"{expression.type} {expression.text!r} {expression.value}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the date rules on annotated documents.")
    parser.add_argument("documents", type=Path)
    parser.add_argument("--from", dest="first", type=int, default=0, help="leave out the documents before this one")
    parser.add_argument("--to", dest="last", type=int, default=None, help="leave out this document and those after it")
    parser.add_argument("--lines", type=int, default=6, help="lines of a document that are annotated (0: all)")
    parser.add_argument("--misses", type=int, default=0, help="show so many misses")
    options = parser.parse_args()
    documents = read_documents(options.documents, options.lines)[options.first : options.last]
    begun = time.perf_counter()
    print(table(documents))
    print(f"{len(documents)} documents, {time.perf_counter() - begun:.2f} s for {len(TYPES) + 1} passes")
    for line in list(misses(pairings_of(documents)))[: options.misses]:
        print(line)


if __name__ == "__main__":
    main()
