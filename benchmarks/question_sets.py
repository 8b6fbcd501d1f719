"""Question sets and the corpora they are put to, for the measurements of this folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import bootstrap
from bot.bootstrap import Dateline
from bot.evaluation.models import EvaluationQuestion
from bot.settings import Settings


def read_questions(path: Path) -> tuple[EvaluationQuestion, ...]:
    """The questions of a file of JSON lines, in its order; the passages and facts to be found are left out."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    wanted = set(EvaluationQuestion.model_fields) - {"passage", "facts"}
    return tuple(EvaluationQuestion.model_validate({name: row[name] for name in wanted & row.keys()}) for row in rows)


def spread(questions: Sequence[EvaluationQuestion], limit: int | None) -> tuple[EvaluationQuestion, ...]:
    """``limit`` questions at even distances, so that every part of a set has its share; all of them without a limit."""
    if limit is None or limit >= len(questions):
        return tuple(questions)
    return tuple(questions[number * len(questions) // limit] for number in range(limit))


@contextmanager
def opened(articles: Path, data: Path | None = None) -> Iterator[Dateline]:
    """Dateline over these articles alone, kept in ``data`` for the next time or in a folder that goes away."""
    with TemporaryDirectory() as folder:
        dateline = bootstrap.build(Settings(data_dir=data or Path(folder)), empty=True)
        try:
            dateline.add([articles])
            dateline.warm()
            yield dateline
        finally:
            dateline.close()
