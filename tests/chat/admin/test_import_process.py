"""A file is added by another process, with the command line's own lines, and within its time."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.chat.admin.import_process import MOST_LINES, _lines, file_importer


def test_a_file_is_added_and_a_bad_one_is_reported_without_our_folder(tmp_path):
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "good.txt").write_text("The harvest was good.")
    (sent / "bad.json").write_text("{nonsense")
    add = file_importer(tmp_path / "data")
    good, bad = asyncio.run(add(sent / "good.txt")), asyncio.run(add(sent / "bad.json"))
    assert good == ("1 added, 0 replaced, 0 unchanged, 0 refused",)
    assert bad is not None and bad[0].startswith("bad.json:1: not JSON")
    assert bad[1].endswith("1 refused")


def test_what_takes_too_long_is_stopped(tmp_path):
    (tmp_path / "good.txt").write_text("The harvest was good.")
    began = time.monotonic()
    assert asyncio.run(file_importer(tmp_path / "data", seconds=0.05)(tmp_path / "good.txt")) is None
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("count", "shown"), [(3, 3), (MOST_LINES, MOST_LINES), (500, MOST_LINES + 1)])
def test_many_errors_are_cut_and_the_sum_stays(tmp_path, count, shown):
    lines = _lines([f"{tmp_path}/bad.jsonl:{n}: x" for n in range(count - 1)] + ["", "0 added"], tmp_path)
    assert len(lines) == shown and lines[0] == "bad.jsonl:0: x" and lines[-1] == "0 added"
    assert sum(int(line[2:]) if line.startswith("…") else 1 for line in lines) == count
