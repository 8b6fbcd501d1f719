"""Fits the numbers that question types are guessed by; needs scikit-learn, the ``fit`` extra."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.answering.question.type_classifier import UNIT, TypeGuess, TypeModel
from bot.answering.question.type_features import features
from retrieval.errors import RetrievalError
from retrieval.models import Record

FOLDS = 10
SEEN = 3
"""A feature counts once it stands in this many questions."""
SOFTNESS = 0.1
"""LinearSVC's C."""
SMALLEST = 4
"""Weights nearer to 0 than this many hundredths are dropped."""

Watch = Callable[[Sequence[int]], Iterator[int]]


class FittingError(RetrievalError):
    """The numbers cannot be fitted."""


class Labelled(Record):
    """A question's features and its type."""

    question: str
    features: frozenset[str]
    label: str


class Outcome(Record):
    """A question's true type next to the one guessed by a model that never saw it."""

    question: str
    label: str
    guess: TypeGuess

    @property
    def coarse_right(self) -> bool:
        return self.guess.coarse == self.label.split(":")[0]

    @property
    def fine_right(self) -> bool:
        return self.guess.fine == self.label


class TypesReport(Record):
    """What was fitted, and the share of types guessed right in cross-validation, from 0 to 1."""

    questions: int
    repeated: int
    labels: int
    features: int
    numbers: int
    coarse: float
    fine: float


def fit_types(path: Path, out: Path, watch: Watch = iter) -> TypesReport:
    """Fits a model to the labelled questions of ``path``, writes it to ``out`` and says how good such a model is.

    ``path`` holds JSON lines of ``question`` and ``label``; the figures come from ``FOLDS`` folds, with the rounding
    and pruning that the file has. Raises FittingError where the file or scikit-learn is missing.
    """
    rows = read_labelled(path)
    outcomes = cross_validate(rows, watch)
    model = fitted(rows)
    report = TypesReport(
        questions=len(rows),
        repeated=_lines(path) - len(rows),
        labels=len(model.labels),
        features=len(model.weights),
        numbers=sum(len(row) for row in model.weights.values()),
        coarse=_share(outcome.coarse_right for outcome in outcomes),
        fine=_share(outcome.fine_right for outcome in outcomes),
    )
    out.write_text(_written(model, report), encoding="utf-8")
    return report


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """The questions of a JSON-lines file, each text once. Raises FittingError."""
    found: dict[str, str] = {}
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                found.setdefault(row["question"], row["label"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FittingError(f"{path}: not JSON lines of question and label ({error})") from None
    if len({*found.values()}) < 2:
        raise FittingError(f"{path}: at least two labels are needed")
    return tuple(
        Labelled(question=question, features=features(question), label=label) for question, label in found.items()
    )


def _lines(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").split("\n") if line.strip())


def cross_validate(rows: Sequence[Labelled], watch: Watch = iter) -> tuple[Outcome, ...]:
    """What a model fitted to the other folds makes of each question, fold by fold; question n is in fold n mod 10."""
    return tuple(outcome for fold in watch(range(FOLDS)) for outcome in _outcomes(rows, fold))


def _outcomes(rows: Sequence[Labelled], fold: int) -> Iterator[Outcome]:
    ordered = sorted(rows, key=lambda row: (row.label, row.question))
    model = fitted([row for place, row in enumerate(ordered) if place % FOLDS != fold])
    for row in ordered[fold::FOLDS]:
        yield Outcome(question=row.question, label=row.label, guess=model.guess(row.features))


def fitted(rows: Sequence[Labelled]) -> TypeModel:
    """A linear support vector machine of each type against the rest, weights rounded and small ones dropped."""
    try:
        from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415  (only fitting needs it)
        from sklearn.svm import LinearSVC  # noqa: PLC0415
    except ImportError:
        raise FittingError('scikit-learn is not installed; pip install "dateline[fit]"') from None
    table = CountVectorizer(analyzer=sorted, min_df=SEEN, dtype=float)
    matrix = table.fit_transform([row.features for row in rows])
    machine = LinearSVC(C=SOFTNESS, random_state=0).fit(matrix, [row.label for row in rows])
    names = table.get_feature_names_out().tolist()
    return _model(machine.classes_.tolist(), machine.intercept_.tolist(), names, machine.coef_.T.tolist())


def _model(
    labels: Sequence[str], bias: Sequence[float], names: Sequence[str], weights: Sequence[Sequence[float]]
) -> TypeModel:
    if len(bias) == 1:  # of two labels the machine keeps one row, for the second
        bias, weights = [-bias[0], bias[0]], [[-row[0], row[0]] for row in weights]
    rows = {name: _rounded(row) for name, row in zip(names, weights, strict=True)}
    return TypeModel(
        labels=labels,
        bias=[round(value * UNIT) for value in bias],
        weights={name: row for name, row in rows.items() if row},
    )


def _rounded(row: Sequence[float]) -> tuple[tuple[int, int], ...]:
    whole = [round(value * UNIT) for value in row]
    return tuple((label, value) for label, value in enumerate(whole) if abs(value) >= SMALLEST)


def _share(hits: Iterator[bool]) -> float:
    seen = list(hits)
    return round(sum(seen) / len(seen), 4)


def _written(model: TypeModel, report: TypesReport) -> str:
    """The numbers file: what it is, then a line for each feature, so that a change can be read."""
    about = {
        "what": f"Weights of the features of a question for each question type, in 1/{UNIT}",
        "weights": "for each feature: the label's place in the list, from 0, its weight, the next label's place, ...",
        "taxonomy": "Li and Roth, Learning Question Classifiers, COLING 2002",
        "fitted on": f"{report.questions + report.repeated:,} labelled questions, repeated ones once; none stands here",
        "fitted by": "dateline fit types QUESTIONS",
        "how": f"scikit-learn LinearSVC, C={SOFTNESS}; features of {SEEN} and more questions; |weight| >= {SMALLEST}",
        **report.model_dump(),
    }
    lines = [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in (
        ("about", about), ("labels", model.labels), ("bias", model.bias),
    )]  # fmt: skip
    rows = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {_flat(model.weights[name])}" for name in sorted(model.weights)
    )
    return "{\n" + ",\n".join(lines) + ',\n"weights": {\n' + rows + "\n}}\n"


def _flat(row: Sequence[tuple[int, int]]) -> str:
    return f"[{','.join(str(number) for pair in row for number in pair)}]"
