"""Progress bars show on a terminal and nowhere else, and pass on every item."""

from __future__ import annotations

import io
import sys
import time

import pytest

from bot.cli.progress import import_progress, with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_items_come_unchanged_and_a_pipe_sees_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(with_progress(["a", "b"], "questions")) == ["a", "b"]
    with import_progress() as update:
        update(3, 10, "ferry")
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_the_label(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert list(with_progress(range(3), "questions")) == [0, 1, 2]
    assert "questions" in terminal.getvalue()


def test_an_import_moves_the_bar_to_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with import_progress() as update:
        update(3, None, "ferry")
        time.sleep(0.15)  # a bar is drawn once in a tenth of a second
        update(10, 10, "tunnel")
    assert "10/10" in terminal.getvalue()
