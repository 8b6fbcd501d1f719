"""Judged questions -> a table for people and rows for programs, and what changed against an earlier run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.evaluation import metrics
from bot.evaluation.calibration import calibration_error, reliability
from bot.evaluation.models import Figure, JudgedReply

MEASURES = (
    metrics.sentence,
    metrics.reply,
    metrics.short,
    metrics.em,
    metrics.f1,
    metrics.words,
    metrics.cited,
    metrics.false_abstain,
    metrics.abstained,
    metrics.first_hit,
    metrics.fact_recall,
)
COUNTS = (metrics.false_quotes, metrics.uncited)
COSTS = (metrics.wall_ms, metrics.cpu_ms)

_COLUMNS = (
    "answerable",
    "unanswerable",
    "sentence",
    "reply",
    "em",
    "f1",
    "cited",
    "false_abstain",
    "abstained",
    "cpu_ms_median",
    "cpu_ms_p95",
)
_TIMED = ("_median", "_p95")

Summary = Mapping[str, float | int | None]


def summary(judged: Sequence[JudgedReply]) -> Summary:
    """Every figure over some questions: how many there are, means, counts, AUROC, and median and p95 of the time."""
    answerable = sum(row.asked.answerable for row in judged)
    figures: dict[str, float | int | None] = {"answerable": answerable, "unanswerable": len(judged) - answerable}
    figures |= {figure.name: _rounded(figure.mean) for figure in (measure(judged) for measure in MEASURES)}
    figures["auroc"] = _rounded(metrics.auroc(judged))
    figures["calibration_error"] = _rounded(calibration_error(judged))
    figures |= {figure.name: int(sum(figure.rows.values())) for figure in (count(judged) for count in COUNTS)}
    for cost in (measure(judged) for measure in COSTS):
        values = tuple(cost.rows.values())
        figures[f"{cost.name}_median"] = _rounded(metrics.quantile(values, 0.5))
        figures[f"{cost.name}_p95"] = _rounded(metrics.quantile(values, 0.95))
    return figures


def by_kind(judged: Sequence[JudgedReply]) -> Mapping[str, Summary]:
    """A summary for each kind of question, kinds in alphabetical order."""
    ordered = sorted(judged, key=lambda row: row.kind)
    return {kind: summary(list(rows)) for kind, rows in groupby(ordered, key=lambda row: row.kind)}


def rows(judged: Sequence[JudgedReply]) -> list[Mapping[str, object]]:
    """Each question with what was given and every figure of its own."""
    figures = [measure(judged) for measure in (*MEASURES, *COUNTS)]
    return [_row(row, figures) for row in judged]


def as_json(judged: Sequence[JudgedReply]) -> Mapping[str, object]:
    """The whole report for a program; an earlier one is what a later run is compared with."""
    bins = [each.model_dump(mode="json") for each in reliability(judged)]
    return {"all": summary(judged), "kinds": by_kind(judged), "reliability": bins, "rows": rows(judged)}


def as_text(judged: Sequence[JudgedReply]) -> str:
    """The report for a person: a table of kinds, the figures over all, and how confidence and truth agree."""
    kinds = by_kind(judged)
    table = [("kind", *_COLUMNS), *((kind, *_cells(figures)) for kind, figures in kinds.items())]
    everything = (f"{name} {_shown(value)}" for name, value in summary(judged).items() if value is not None)
    return "\n".join([*_aligned(table), "", *everything, "", *_aligned(_reliable(judged))])


def _reliable(judged: Sequence[JudgedReply]) -> list[tuple[str, ...]]:
    shown = [
        (f"from {b.lowest:.1f}", str(b.answers), _shown(b.confidence), _shown(b.right)) for b in reliability(judged)
    ]
    return [("confidence", "answers", "mean", "right"), *shown]


def changes(judged: Sequence[JudgedReply], before: Mapping[str, object]) -> list[str]:
    """What differs from an earlier report: each figure that moved, then each question won or lost."""
    return [*_moved(summary(judged), _mapping(before.get("all"))), *_turned(judged, _earlier(before))]


def is_right(row: JudgedReply) -> bool:
    """Whether a reply is what the set wants: its answer in the sentence, or silence."""
    return bool(metrics.sentence([row]).mean) if row.asked.answerable else not row.given.answered


def _moved(now: Summary, before: Mapping[str, object]) -> list[str]:
    still = [name for name in now if name in before and not name.endswith(_TIMED)]
    return [f"{name} {_shown(before[name])} -> {_shown(now[name])}" for name in still if before[name] != now[name]]


def _turned(judged: Sequence[JudgedReply], before: Mapping[object, bool]) -> list[str]:
    turned = [row for row in judged if before.get(row.asked.id, is_right(row)) != is_right(row)]
    return [f"{'won' if is_right(row) else 'lost'} {row.asked.id}: {row.asked.question}" for row in turned]


def _earlier(report: Mapping[str, object]) -> Mapping[object, bool]:
    listed = report.get("rows")
    known = [_mapping(row) for row in listed] if isinstance(listed, list) else []
    return {row["id"]: bool(row["right"]) for row in known if "id" in row and "right" in row}


def _row(row: JudgedReply, figures: Sequence[Figure]) -> Mapping[str, object]:
    scores = {figure.name: figure.rows.get(row.asked.id) for figure in figures}
    head = {"id": row.asked.id, "question": row.asked.question, "kind": row.kind, "right": is_right(row)}
    return head | scores | row.given.model_dump(mode="json")


def _cells(figures: Summary) -> tuple[str, ...]:
    return tuple(_shown(figures[column]) for column in _COLUMNS)


def _aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_placed(cells, widths)).rstrip() for cells in table]


def _placed(cells: tuple[str, ...], widths: Sequence[int]) -> list[str]:
    first, *others = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
