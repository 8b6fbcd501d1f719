"""``dateline fit`` over real corpora: it writes a file of weights that answering can read."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.cli.conftest import Run
from tests.paths import ROOT

OTHER = ROOT / "tests" / "data" / "other_corpus"


def chosen_lines(file: Path, out: Path, chosen: Iterable[int]) -> Path:
    """A few of a file's questions, in a folder whose name is the corpus's."""
    lines = file.read_text(encoding="utf-8").splitlines()
    out.parent.mkdir()
    out.write_text("\n".join(lines[number] for number in chosen if number < len(lines)), encoding="utf-8")
    return out


def test_weights_are_learnt_from_two_corpora_and_from_halves_of_the_first(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    questions = OTHER / "questions.jsonl"
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    answerable = [number for number, row in enumerate(rows) if row["answerable"]][::4]
    unanswerable = [number for number, row in enumerate(rows) if not row["answerable"]][::3]
    hard = chosen_lines(questions, tmp_path / "other" / "questions.jsonl", [*answerable, *unanswerable])
    seeds = chosen_lines(
        ROOT / "tests" / "quality" / "questions.jsonl", tmp_path / "seeds" / "questions.jsonl", range(0, 52, 6)
    )
    out = tmp_path / "weights.toml"
    corpora = ["--corpus", OTHER / "articles", hard, "--corpus", ROOT / "seeds", seeds]
    status = main([*map(str, ["--data", tmp_path / "data", "fit", *corpora, "--off", "8", "--write", out])])
    assert status == 0
    tables = tomllib.loads(out.read_text(encoding="utf-8"))
    assert tables.keys() == {"evidence", "knows", "says", "sure", "silence"}
    assert tables["knows"]["around_mass"] > 0.0
    assert tables["sure"].keys() >= {"bias", "says"}
    assert tables["evidence"]["role"] == 4.0
    assert tables["silence"] == {"threshold": 0.34, "closest": 0.15}


def test_weights_need_a_corpus(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fit") == 2
    assert "--corpus ARTICLES QUESTIONS" in capsys.readouterr().err
