"""The ONNX model: opened when needed, tried, refused in a sentence."""

from __future__ import annotations

import sys
import threading

import numpy as np
import onnxruntime
import pytest

from bot.extractive_reader.errors import ReaderUnavailable
from bot.extractive_reader.session import ModelSession
from tests.extractive_reader.tiny_reader import VOCABULARY, WORDS, make_model

PROBE = np.full(16, len(WORDS) - 1, np.int64)


def refused(session: ModelSession) -> str:
    with pytest.raises(ReaderUnavailable) as error:
        session.open()
    assert "\n" not in str(error.value)
    return str(error.value)


def test_logits_are_the_models_for_each_token(tmp_path):
    session = ModelSession(make_model(tmp_path / "m.onnx", {"dover": (1.5, 2.5)}, passage=10), PROBE)
    ids = np.array([VOCABULARY["the"], VOCABULARY["dover"]], np.int64)
    assert session.logits(ids, np.array([0, 1], np.int64)).tolist() == [[0, 0], [11.5, 12.5]]


def test_the_file_is_opened_once_and_only_when_needed(tmp_path, monkeypatch):
    opened = []
    real = onnxruntime.InferenceSession
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda *a, **k: opened.append(1) or real(*a, **k))
    session = ModelSession(make_model(tmp_path / "m.onnx"), PROBE)
    assert opened == []
    threads = [threading.Thread(target=session.logits, args=(PROBE, PROBE * 0)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [1]


@pytest.mark.parametrize("content", [None, b"", b"x" * 500])
def test_a_damaged_file_is_refused(tmp_path, content):
    path = make_model(tmp_path / "m.onnx")
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half if content is None else content)
    assert f"{path} cannot be used as a reader: it is damaged or no ONNX model" in refused(ModelSession(path, PROBE))


def test_a_missing_file_is_refused(tmp_path):
    assert "copy it again or choose another reader" in refused(ModelSession(tmp_path / "m.onnx", PROBE))


def test_other_inputs_are_named(tmp_path):
    path = make_model(tmp_path / "m.onnx", inputs=("input_ids", "token_type_ids", "attention_mask"))
    assert "its inputs are input_ids, token_type_ids, attention_mask instead of ids, types, mask" in refused(
        ModelSession(path, PROBE)
    )


def test_other_outputs_are_named(tmp_path):
    path = make_model(tmp_path / "m.onnx", output="start_logits")
    assert "its outputs are start_logits instead of logits" in refused(ModelSession(path, PROBE))


def test_logits_of_another_shape_are_refused(tmp_path):
    path = make_model(tmp_path / "m.onnx", logits_of_a_token=3)
    assert "its logits are of shape (16, 3) instead of (16, 2)" in refused(ModelSession(path, PROBE))


def test_a_model_with_fewer_words_than_its_tokeniser_is_refused(tmp_path, capfd):
    path = make_model(tmp_path / "m.onnx", rows=len(WORDS) - 1)
    assert "it does not run" in refused(ModelSession(path, PROBE))
    assert capfd.readouterr().err == ""


def test_without_onnxruntime_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    path = make_model(tmp_path / "m.onnx")
    assert refused(ModelSession(path, PROBE)) == (
        f"onnxruntime is not installed, which {path} needs; install onnxruntime"
    )
