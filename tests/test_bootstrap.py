"""The composition root: the settings decide which reader answers, and nothing fails without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import bootstrap
from bot.bootstrap import Dateline
from bot.settings import Settings
from tests.extractive_reader.tiny_reader import make_folder


@pytest.fixture
def build(tmp_path, request):
    """Builds Dateline over the seeds with another reader."""

    def built(reader: Path | str | None) -> Dateline:
        dateline = bootstrap.build(Settings(data_dir=tmp_path / "data", reader=reader))
        request.addfinalizer(dateline.close)
        return dateline

    return built


def test_a_folder_names_the_reader(build, tmp_path, caplog):
    dateline = build(make_folder(tmp_path / "reader"))
    dateline.warm()
    assert dateline.reader_digest() == dateline.reader.digest is not None
    assert caplog.messages == []


def test_a_folder_without_a_reader_is_logged_when_the_bot_starts_and_rules_answer(build, tmp_path, caplog):
    dateline = build(tmp_path / "nowhere")
    assert caplog.messages == []
    dateline.warm()
    assert dateline.reader_digest() is None
    assert [line for line in caplog.messages if "by rules alone" in line and "nowhere" in line] == caplog.messages
    assert dateline.answer("When did the unrest reach Almaty?").reply.citations


def test_none_means_rules_alone_without_a_word(build, caplog):
    dateline = build("none")
    dateline.warm()
    assert (dateline.reader, dateline.reader_digest(), caplog.messages) == (None, None, [])


def test_the_default_is_the_reader_in_the_package(build, tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "WEIGHTS", make_folder(tmp_path / "weights"))
    assert build(None).reader_digest() is not None


def test_building_does_not_load_the_reader(tmp_path, build):
    dateline = build(tmp_path / "later")
    make_folder(tmp_path / "later")
    assert dateline.reader_digest() is not None
