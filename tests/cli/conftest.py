"""The command line over a Dateline in memory, in an empty folder and without settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.settings import Settings, variable
from tests.factories import FakeDateline, make_article

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def dateline() -> FakeDateline:
    return FakeDateline([make_article(url="https://example.org/ferry")])


@pytest.fixture
def run(dateline: FakeDateline) -> Run:
    return lambda *argv: main([str(part) for part in argv], build=lambda settings, empty: dateline)
