"""A reader that answering can do without: loaded at the first use, and one line in the log where that fails."""

from __future__ import annotations

from pathlib import Path

from bot.extractive_reader import OptionalReader, load_reader
from bot.extractive_reader.optional import WEIGHTS
from tests.extractive_reader.tiny_reader import hit_of, make_folder

HIT = hit_of("Mayor Anna left.")


def test_it_reads_as_the_reader_of_its_folder(tmp_path):
    folder = make_folder(tmp_path, {"anna": (2, 2)})
    optional, reader = OptionalReader(folder), load_reader(folder)
    assert optional("who", [HIT]) == reader("who", [HIT])
    assert optional.digest == reader.digest


def test_nothing_is_read_before_the_first_use(tmp_path):
    optional = OptionalReader(tmp_path / "later")
    make_folder(tmp_path / "later")
    assert optional.digest is not None


def test_a_missing_reader_is_logged_once_and_reads_nothing(tmp_path, caplog):
    optional = OptionalReader(tmp_path / "nowhere")
    optional.warm()
    assert (optional("who", [HIT]), optional.digest) == ((), None)
    (line,) = caplog.messages
    assert line.startswith("Answers are found by rules alone, because the folder ") and "nowhere is not there" in line


def test_a_damaged_reader_is_logged_once_and_reads_nothing(tmp_path, caplog):
    folder = make_folder(tmp_path)
    (folder / "tiny.onnx").write_bytes(b"damaged")
    optional = OptionalReader(folder)
    assert (optional.digest, optional("who", [HIT])) == (None, ())
    assert len(caplog.messages) == 1 and "tiny.onnx cannot be used as a reader" in caplog.messages[0]


def test_the_package_has_a_place_for_its_own_reader():
    assert Path(__file__).parents[2] / "bot" / "extractive_reader" / "weights" == WEIGHTS
