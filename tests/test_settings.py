"""Settings: where they come from, what is refused, and that .env.example shows each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load, variable
from tests.paths import ROOT

EXAMPLE = ROOT / ".env.example"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults_need_nothing() -> None:
    settings = load()
    assert settings.telegram_bot_token is None
    assert settings.data_dir == Path("data")
    assert settings.ranker == "plus"


def test_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_RANKER", "OKAPI")
    monkeypatch.setenv("DATELINE_TELEGRAM_API", "http://127.0.0.1:8081/")
    assert load().ranker == "okapi"
    assert load().telegram_api == "http://127.0.0.1:8081"


def test_admins_are_numbers_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().admins == frozenset()
    monkeypatch.setenv("DATELINE_ADMINS", "1001, 1002 1003,")
    assert load().admins == {1001, 1002, 1003}
    monkeypatch.setenv("DATELINE_ADMINS", "alice")
    with pytest.raises(SettingsError, match="DATELINE_ADMINS"):
        load()


def test_a_reader_is_a_folder_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().reader is None
    monkeypatch.setenv("DATELINE_READER", "NONE")
    assert load().reader == "none"
    monkeypatch.setenv("DATELINE_READER", "~/readers/large")
    assert load().reader == Path.home() / "readers" / "large"


def test_reads_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATELINE_THRESHOLD=0.25\nSOMETHING_ELSE=1\n")
    assert load().threshold == 0.25


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("DATELINE_LOG_LEVEL=debug\n")
    monkeypatch.setenv("DATELINE_LOG_LEVEL", "error")
    assert load().log_level == "error"


def test_what_is_typed_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATA_DIR", "elsewhere")
    assert load(Path("here")).data_dir == Path("here")


def test_reads_lists_addresses_and_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ALLOWED_CHATS", "-1001000000001, 1001 1002")
    monkeypatch.setenv("DATELINE_WEBHOOK_URL", "https://bot.example.org/dateline/")
    monkeypatch.setenv("DATELINE_WEBHOOK_PATH", "hook/")
    assert load().allowed_chats == {-1001000000001, 1001, 1002}
    assert load().webhook_url == "https://bot.example.org/dateline"
    assert load().webhook_path == "/hook"
    monkeypatch.setenv("DATELINE_WEBHOOK_URL", "http://127.0.0.1:9000/hook")
    assert load().webhook_url == "http://127.0.0.1:9000/hook"


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_WEBHOOK_SECRET", "hush-hush")
    assert "hush" not in repr(load())


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert load().telegram_bot_token is None


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345:hush-hush")
    assert "hush" not in repr(load())
    assert "hush" not in str(load())


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("DATELINE_RANKER", "tfidf", "'plus' or 'okapi'"),
        ("DATELINE_THRESHOLD", "high", "valid number"),
        ("DATELINE_THRESHOLD", "1.5", "less than or equal to 1"),
        ("DATELINE_CLOSEST_THRESHOLD", "-0.1", "greater than or equal to 0"),
        ("DATELINE_TELEGRAM_API", "localhost:8081", "http://127.0.0.1:8081"),
        ("DATELINE_WEBHOOK_URL", "http://bot.example.org", "https://bot.example.org/dateline"),
        ("DATELINE_WEBHOOK_URL", "https://", "https://bot.example.org/dateline"),
        ("DATELINE_WEBHOOK_PORT", "0", "greater than or equal to 1"),
        ("DATELINE_WEBHOOK_SECRET", "a secret with blanks", "letters, digits"),
        ("DATELINE_HEALTH_PORT", "70000", "less than or equal to 65535"),
        ("DATELINE_RETENTION_DAYS", "0", "greater than or equal to 1"),
        ("DATELINE_ALLOWED_CHATS", "-100, friends", "valid integer"),
        ("DATELINE_LOG_FORMAT", "xml", "'text' or 'json'"),
        ("DATELINE_LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
    ],
)
def test_a_bad_value_is_named_in_one_line(name: str, value: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load()
    assert str(refused.value).startswith(f"{name}: ")
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_env_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DATELINE_RANKER=\xff\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load()


def test_the_example_shows_every_setting_and_no_other() -> None:
    shown = re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(shown) == sorted(variable(field) for field in Settings.model_fields)


def test_the_example_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^#? ?([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    for field, info in Settings.model_fields.items():
        assert shown[variable(field)] == ("" if info.default in (None, frozenset()) else str(info.default))


def test_the_example_says_what_each_setting_is_for() -> None:
    text = " ".join(EXAMPLE.read_text(encoding="utf-8").replace("#", " ").split())
    for field, info in Settings.model_fields.items():
        assert info.description is not None, field
        assert " ".join(info.description.split()) in text, field
