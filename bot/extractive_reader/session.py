"""The ONNX model: word pieces in, logits out; the only importer of onnxruntime."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.extractive_reader.errors import ReaderUnavailable

INPUTS = ("ids", "types", "mask")
OUTPUT = "logits"


class ModelSession:
    """The model in a file, which is opened when it is first needed. Threads may share it."""

    def __init__(self, path: Path, probe: NDArray[np.int64]) -> None:
        """``probe`` are ids, of shape (tokens,), on which the model is tried; one that cannot read them is refused."""
        self._path, self._probe = path, probe
        self._lock = threading.Lock()
        self._session: Any = None

    def logits(self, ids: NDArray[np.int64], types: NDArray[np.int64]) -> NDArray[np.float32]:
        """The start and the end logit of each token, of shape (tokens, 2), for ids and types of shape (tokens,).

        Raises ReaderUnavailable where onnxruntime is missing, or the file is damaged or of another kind of model.
        """
        return _run(self._opened(), ids, types)

    def open(self) -> None:
        """Open the model now. Raises ReaderUnavailable as ``logits`` does."""
        self._opened()

    def _opened(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session = self._open()
            return self._session

    def _open(self) -> Any:
        session = _session(self._path)
        _check_names(session, self._path)
        wanted = (len(self._probe), 2)
        try:
            shape = _run(session, self._probe, np.zeros_like(self._probe)).shape
        except Exception as error:  # onnxruntime's errors have no other class in common
            raise _unusable(self._path, f"it does not run: {_first_line(error)}") from None
        if shape != wanted:
            raise _unusable(self._path, f"its logits are of shape {shape} instead of {wanted}")
        return session


def _session(path: Path) -> Any:
    try:
        import onnxruntime  # noqa: PLC0415  it takes a fifth of a second, which commands without questions do not need
    except ImportError:
        raise ReaderUnavailable(f"onnxruntime is not installed, which {path} needs; install onnxruntime") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # one core; more answers, not quicker ones
    options.log_severity_level = 4  # its errors are raised as well
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no other class in common
        raise _unusable(path, f"it is damaged or no ONNX model: {_first_line(error)}") from None


def _check_names(session: Any, path: Path) -> None:
    inputs = {each.name: each.type for each in session.get_inputs()}
    if inputs != dict.fromkeys(INPUTS, "tensor(int64)"):
        raise _unusable(path, f"its inputs are {', '.join(inputs)} instead of {', '.join(INPUTS)}, all of int64")
    if OUTPUT not in (outputs := [each.name for each in session.get_outputs()]):
        raise _unusable(path, f"its outputs are {', '.join(outputs)} instead of {OUTPUT}")


def _run(session: Any, ids: NDArray[np.int64], types: NDArray[np.int64]) -> NDArray[np.float32]:
    given = zip(INPUTS, (ids, types, np.ones_like(ids)), strict=True)
    logits: NDArray[np.float32] = session.run([OUTPUT], {name: values[None] for name, values in given})[0][0]
    return logits


def _unusable(path: Path, problem: str) -> ReaderUnavailable:
    return ReaderUnavailable(f"{path} cannot be used as a reader: {problem}; copy it again or choose another reader")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
