"""One process serves a folder, and a lock ends with its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.chat.persistence.folder_lock import serving_alone
from retrieval.errors import StoreError
from tests.paths import ROOT

LOCK = """
import os, pathlib, sys
from bot.chat.persistence.folder_lock import serving_alone
with serving_alone(pathlib.Path(sys.argv[1])):
    os._exit(0)
"""


def locking_process(folder: Path) -> subprocess.CompletedProcess[str]:
    """A process that locks a folder and ends without unlocking it."""
    return subprocess.run([sys.executable, "-c", LOCK, str(folder)], cwd=ROOT, capture_output=True, text=True)


def test_a_second_process_is_refused_while_the_first_serves(tmp_path):
    with serving_alone(tmp_path):
        refused = locking_process(tmp_path)
        assert refused.returncode != 0
        assert "another Dateline serves Telegram from this folder" in refused.stderr
    assert locking_process(tmp_path).returncode == 0


def test_the_lock_of_a_process_that_ended_without_unlocking_is_gone(tmp_path):
    assert locking_process(tmp_path).returncode == 0
    with serving_alone(tmp_path):
        pass


def test_the_same_process_cannot_lock_a_folder_twice(tmp_path):
    with serving_alone(tmp_path), pytest.raises(StoreError, match="end that one"), serving_alone(tmp_path):
        pass
