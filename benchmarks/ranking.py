"""Times Dateline's ranking beside its peers on synthetic text: ``python -m benchmarks.ranking --help``.

All engines answer the same queries in turn within one process, so that whatever else the machine does at the time
falls on all of them alike. Trust the ratios; the milliseconds are this machine's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import bm25s
import numpy as np
from rank_bm25 import BM25Okapi, BM25Plus

from benchmarks.pages import Made, machine_name, put
from retrieval.index.bm25 import Bm25Ranker, Document, Variant

LENGTH = 60
TOP = 10
CHANGED = 100
VOCABULARY = 200_000
SEED = 20220106
ANALYSER = "synthetic words"
REFERENCE_EVERY = 20  # rank_bm25 answers one query of so many, or the run would take an hour
VARIANTS: tuple[Variant, ...] = ("plus", "okapi")

NOTES = """\
The words follow a Zipf-Mandelbrot law over 200,000 words; each query is 8 to 12 words of one passage, including
the most frequent words. All engines have the same passages in one process and answer each query in turn, so the
ratios are more reliable than the milliseconds. *build* is the time from lists of words to the first answer (for the
other engines: to the finished index). Dateline is queried after saving and loading: *load* maps its files, *first
query* computes the weights that it needs, and later queries reuse those of frequent words. rank_bm25's time is that of
`get_scores` alone, and the table compares with the faster of its two models; bm25s' time is that of `retrieve`.
Okapi's idf needs an average over all words, so its first query after a change is slow. The other engines cannot add
or remove passages.
"""

Query = list[str]
Ask = Callable[[Query], object]


@dataclass
class Row:
    """What was measured of one engine, in seconds."""

    name: str
    ask: Ask
    every: int = 1
    build: float | None = None
    load: float | None = None
    first: float | None = None
    add: float | None = None
    remove: float | None = None
    after: float | None = None
    times: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20)[-1]


@contextmanager
def timed(into: Row, name: str) -> Iterator[None]:
    """Store how long the block took."""
    start = perf_counter()
    yield
    setattr(into, name, perf_counter() - start)


def corpus(passages: int, random: np.random.Generator) -> list[Query]:
    """Passages of words drawn by a Zipf-Mandelbrot law, as words in English are."""
    ranks = np.arange(VOCABULARY)
    cumulated = np.cumsum(1 / (ranks + 2.7))
    drawn = np.searchsorted(cumulated / cumulated[-1], random.random(passages * LENGTH))
    words = np.array([f"w{rank}" for rank in ranks], dtype=object)
    return [list(row) for row in words[np.minimum(drawn, VOCABULARY - 1)].reshape(passages, LENGTH)]


def queries(passages: Sequence[Query], count: int, random: np.random.Generator) -> list[Query]:
    """Questions of 8 to 12 words that stand in one passage, frequent words included."""
    chosen = random.integers(0, len(passages), count)
    return [list(random.choice(passages[row], random.integers(8, 13), replace=False)) for row in chosen]


def documents(passages: Sequence[Query], first: int = 0) -> list[Document]:
    """The passages as documents, ten to a group."""
    return [Document(first + row, (first + row) // 10, tuple(terms)) for row, terms in enumerate(passages)]


def ours(variant: Variant, passages: Sequence[Query], probe: Query, folder: Path) -> Row:
    """Our ranker: built, saved, loaded, asked once; the loaded one answers from here on."""
    row = Row(f"Dateline {variant}", lambda query: None)
    taken = documents(passages)
    with timed(row, "build"):
        built = Bm25Ranker(variant)
        built.add(taken)
        built.top(probe, TOP)
    built.save(folder / variant, "benchmark", ANALYSER)
    with timed(row, "load"):
        ranker = Bm25Ranker.load(folder / variant, "benchmark", variant, ANALYSER)
    with timed(row, "first"):
        ranker.top(probe, TOP)
    row.ask = lambda query: ranker.top(query, TOP)
    return row


def change(row: Row, variant: Variant, fresh: Sequence[Query], probe: Query, folder: Path) -> None:
    """Add passages to a loaded ranker, ask, and remove them again."""
    ranker = Bm25Ranker.load(folder / variant, "benchmark", variant, ANALYSER)
    first = len(ranker)
    with timed(row, "add"):
        ranker.add(documents(fresh, first))
    with timed(row, "after"):
        ranker.top(probe, TOP)
    with timed(row, "remove"):
        ranker.remove(range(first, first + len(fresh)))


def reference(name: str, model: type[BM25Plus] | type[BM25Okapi], passages: Sequence[Query]) -> Row:
    """rank_bm25's own get_scores: scores only, without the search for the best."""
    row = Row(name, lambda query: None, every=REFERENCE_EVERY)
    with timed(row, "build"):
        built = model(passages)
    row.ask = built.get_scores
    return row


def sparse(method: str, passages: Sequence[Query]) -> Row:
    """bm25s with its numpy backend."""
    row = Row(f"bm25s numpy, {method}", lambda query: None)
    with timed(row, "build"):
        built = bm25s.BM25(method=method, delta=1.0, backend="numpy")
        built.index(passages, show_progress=False)
    row.ask = lambda query: built.retrieve([query], k=TOP, show_progress=False, backend_selection="numpy")
    return row


def interleave(rows: Sequence[Row], asked: Sequence[Query]) -> None:
    """Put each query to every engine before the next one, each engine coming first in its turn."""
    for number, query in enumerate(asked):
        turn = number % len(rows)
        for row in (*rows[turn:], *rows[:turn]):
            if number % row.every == 0:
                start = perf_counter()
                row.ask(query)
                row.times.append(perf_counter() - start)


def greatest_difference(mine: Row, reference_row: Row, asked: Sequence[Query]) -> float:
    """The greatest difference between our scores and the best of rank_bm25's for the same queries."""
    differences = []
    for query in asked:
        best = np.sort(np.asarray(reference_row.ask(query)))[::-1][:TOP]
        found = [hit.score for hit in mine.ask(query)]  # type: ignore[attr-defined]
        differences.append(float(np.max(np.abs(best - found))))
    return max(differences)


def cell(seconds: float | None, scale: float = 1000, digits: int = 2) -> str:
    return "-" if seconds is None else f"{seconds * scale:,.{digits}f}"


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The measurements in Markdown."""
    slowest = min(row.p50 for row in rows if row.every > 1)
    yield "| engine | build s | load ms | first query ms | p50 ms | p95 ms | times as fast as rank_bm25 |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        fields = (cell(row.build, 1), cell(row.load), cell(row.first), cell(row.p50, digits=3), cell(row.p95, digits=3))
        yield f"| {row.name} | {' | '.join(fields)} | {slowest / row.p50:,.0f} |"
    yield ""
    yield f"| engine | add {CHANGED} passages ms | first query after ms | remove {CHANGED} ms |"
    yield "|---|---:|---:|---:|"
    for row in rows:
        if row.add is not None:
            yield f"| {row.name} | {cell(row.add)} | {cell(row.after)} | {cell(row.remove)} |"


def verdicts(rows: Sequence[Row]) -> Iterator[str]:
    """Whether the bars that docs/benchmarks.md names hold in this run."""
    by_name = {row.name: row for row in rows}
    peers = [row for row in rows if row.name.startswith("bm25s")]
    for variant in VARIANTS:
        row = by_name[f"Dateline {variant}"]
        yield _verdict(row, by_name[f"rank_bm25 {variant}"], 300)
        yield from (_verdict(row, peer, 1) for peer in peers)


def _verdict(row: Row, peer: Row, bar: int) -> str:
    ratio = peer.p50 / row.p50
    result = "held" if ratio >= bar else "missed"
    return f"- {row.name}: {ratio:,.1f} times as fast as {peer.name} (bar: {bar}): **{result}**"


def measure(passages: int, count: int) -> Iterator[str]:
    """Build every engine, put the queries to all of them, and report in Markdown."""
    random = np.random.default_rng(SEED)
    texts, fresh = corpus(passages, random), corpus(CHANGED, random)
    warming, asked = queries(texts, 20, random), queries(texts, count, random)
    with TemporaryDirectory() as place:
        folder = Path(place)
        mine = [ours(variant, texts, asked[0], folder) for variant in VARIANTS]
        for row, variant in zip(mine, VARIANTS, strict=True):
            change(row, variant, fresh, asked[0], folder)
        peers = [sparse("bm25+", texts), sparse("lucene", texts)]
        slow = [reference("rank_bm25 plus", BM25Plus, texts), reference("rank_bm25 okapi", BM25Okapi, texts)]
        for query in warming:
            for row in (*mine, *peers):
                row.ask(query)
        interleave([*mine, *peers, *slow], asked)
        worst = [greatest_difference(*pair, asked[:5]) for pair in zip(mine, slow, strict=True)]
    answered = len(slow[0].times)
    yield f"{passages:,} passages of {LENGTH} words, {count} queries (rank_bm25: {answered} of them), top {TOP}."
    yield ""
    yield from table([*mine, *peers, *slow])
    yield ""
    yield from verdicts([*mine, *peers, *slow])
    yield f"- greatest difference from rank_bm25's scores: {worst[0]:.1e} (plus), {worst[1]:.1e} (okapi)"


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description=__doc__)
    reader.add_argument("--passages", type=int, default=100_000)
    reader.add_argument("--queries", type=int, default=300)
    reader.add_argument("--write", type=Path, help="write the report into this file as well")
    reader.add_argument("--machine", default=machine_name(), help="what the report says of the machine")
    reader.add_argument("--day", type=date.fromisoformat, default=date.today(), help="YYYY-MM-DD; default: today")
    wanted = reader.parse_args()
    lines = list(measure(wanted.passages, wanted.queries))
    print("\n".join(lines))
    if wanted.write:
        put(wanted.write, "Ranking", Made("ranking", wanted.machine, wanted.day), [*lines, "", NOTES])


if __name__ == "__main__":
    main()
