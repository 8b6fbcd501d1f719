"""``dateline run`` and ``dateline chat``: where the bot runs, and that the terminal answers every line."""

from __future__ import annotations

import io
import sys

import pytest

from bot.chat import app
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.factories import SENTENCE, FakeDateline


def type_lines(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))


def test_chat_answers_each_line(
    run: Run, dateline: FakeDateline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_lines(monkeypatch, "Where is the ferry?\nthe ferry\n")
    assert run("chat") == 0
    assert capsys.readouterr().out.count(SENTENCE) == 2
    assert dateline.closed


def test_run_without_a_token_is_the_terminal_and_says_why(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_lines(monkeypatch, "the ferry\n")
    assert run("run") == 0
    out, err = capsys.readouterr()
    assert SENTENCE in out
    assert err == "Terminal chat, because TELEGRAM_BOT_TOKEN is not set.\n"


def test_run_with_a_token_is_telegram_and_its_exit_code_is_returned(
    run: Run, dateline: FakeDateline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[tuple[str | None, object]] = []

    def serve(settings: Settings, service: object) -> int:
        served.append((settings.telegram_bot_token and settings.telegram_bot_token.get_secret_value(), service))
        return 3

    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:token")
    monkeypatch.setattr(app, "run", serve)
    assert run("run") == 3
    assert served == [("12345:token", dateline)]
    assert dateline.warmed
    assert capsys.readouterr().err == "Telegram, because TELEGRAM_BOT_TOKEN is set. Ctrl-C stops the bot.\n"
    assert dateline.closed
