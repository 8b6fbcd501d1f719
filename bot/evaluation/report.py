"""Reports of evaluation results: a table for people, JSON for programs, and what changed since an earlier run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.evaluation import metrics
from bot.evaluation.calibration import calibration_error, reliability
from bot.evaluation.models import EvaluationResult, Figure

MEASURES = (
    metrics.sentence,
    metrics.reply,
    metrics.short,
    metrics.em,
    metrics.f1,
    metrics.words,
    metrics.cited,
    metrics.false_abstain,
    metrics.unsure,
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
    "unsure",
    "abstained",
    "cpu_ms_median",
    "cpu_ms_p95",
)
_TIMES = ("_median", "_p95")

Summary = Mapping[str, float | int | None]


def summary(results: Sequence[EvaluationResult]) -> Summary:
    """Every figure over the results: numbers of questions, means, counts, AUROC, median and 95th percentile of time."""
    answerable = sum(row.gold.answerable for row in results)
    figures: dict[str, float | int | None] = {"answerable": answerable, "unanswerable": len(results) - answerable}
    figures |= {figure.name: _rounded(figure.mean) for figure in (measure(results) for measure in MEASURES)}
    figures["auroc"] = _rounded(metrics.auroc(results))
    figures["calibration_error"] = _rounded(calibration_error(results))
    figures |= {figure.name: int(sum(figure.rows.values())) for figure in (count(results) for count in COUNTS)}
    for cost in (measure(results) for measure in COSTS):
        values = tuple(cost.rows.values())
        figures[f"{cost.name}_median"] = _rounded(metrics.quantile(values, 0.5))
        figures[f"{cost.name}_p95"] = _rounded(metrics.quantile(values, 0.95))
    return figures


def by_kind(results: Sequence[EvaluationResult]) -> Mapping[str, Summary]:
    """A summary for each question kind, in alphabetical order."""
    ordered = sorted(results, key=lambda row: row.kind)
    return {kind: summary(list(rows)) for kind, rows in groupby(ordered, key=lambda row: row.kind)}


def rows(results: Sequence[EvaluationResult]) -> list[Mapping[str, object]]:
    """A row for each question: the question, its scores and the prediction."""
    figures = [measure(results) for measure in (*MEASURES, *COUNTS)]
    return [_row(row, figures) for row in results]


def as_json(results: Sequence[EvaluationResult]) -> Mapping[str, object]:
    """The whole report for programs; ``changes`` compares a later run with it."""
    bins = [each.model_dump(mode="json") for each in reliability(results)]
    return {"all": summary(results), "kinds": by_kind(results), "reliability": bins, "rows": rows(results)}


def as_text(results: Sequence[EvaluationResult]) -> str:
    """The report for people: a table of question kinds, the figures over all questions, and the reliability table."""
    kinds = by_kind(results)
    table = [("kind", *_COLUMNS), *((kind, *_cells(figures)) for kind, figures in kinds.items())]
    overall = (f"{name} {_formatted(value)}" for name, value in summary(results).items() if value is not None)
    return "\n".join([*_aligned(table), "", *overall, "", *_aligned(_reliability_table(results))])


def _reliability_table(results: Sequence[EvaluationResult]) -> list[tuple[str, ...]]:
    bins = reliability(results)
    lines = [(f"from {b.lowest:.1f}", str(b.answers), _formatted(b.confidence), _formatted(b.right)) for b in bins]
    return [("confidence", "answers", "mean", "right"), *lines]


def changes(results: Sequence[EvaluationResult], baseline: Mapping[str, object]) -> list[str]:
    """What differs from an earlier report: each figure that changed, then each question won or lost."""
    figures = _changed_figures(summary(results), _mapping(baseline.get("all")))
    return [*figures, *_changed_questions(results, _baseline_right(baseline))]


def is_right(row: EvaluationResult) -> bool:
    """Whether a prediction is right: an accepted answer in the sentence, or abstention on an unanswerable question."""
    return bool(metrics.sentence([row]).mean) if row.gold.answerable else not row.prediction.answered


def _changed_figures(now: Summary, baseline: Mapping[str, object]) -> list[str]:
    compared = [name for name in now if name in baseline and not name.endswith(_TIMES)]
    changed = [name for name in compared if baseline[name] != now[name]]
    return [f"{name} {_formatted(baseline[name])} -> {_formatted(now[name])}" for name in changed]


def _changed_questions(results: Sequence[EvaluationResult], baseline: Mapping[object, bool]) -> list[str]:
    changed = [row for row in results if baseline.get(row.gold.id, is_right(row)) != is_right(row)]
    return [f"{'won' if is_right(row) else 'lost'} {row.gold.id}: {row.gold.question}" for row in changed]


def _baseline_right(report: Mapping[str, object]) -> Mapping[object, bool]:
    """Whether each question was right in an earlier report, by id."""
    listed = report.get("rows")
    rows_before = [_mapping(row) for row in listed] if isinstance(listed, list) else []
    return {row["id"]: bool(row["right"]) for row in rows_before if "id" in row and "right" in row}


def _row(row: EvaluationResult, figures: Sequence[Figure]) -> Mapping[str, object]:
    scores = {figure.name: figure.rows.get(row.gold.id) for figure in figures}
    head = {"id": row.gold.id, "question": row.gold.question, "kind": row.kind, "right": is_right(row)}
    return head | scores | row.prediction.model_dump(mode="json")


def _cells(figures: Summary) -> tuple[str, ...]:
    return tuple(_formatted(figures[column]) for column in _COLUMNS)


def _aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(_padded(cells, widths)).rstrip() for cells in table]


def _padded(cells: tuple[str, ...], widths: Sequence[int]) -> list[str]:
    first, *others = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _formatted(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
