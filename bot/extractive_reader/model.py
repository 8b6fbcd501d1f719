"""The extractive reader: loads the files of a folder and reads passages together with a question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path

import numpy as np

from bot.answering.readings import PassageReading, SentenceReading
from bot.extractive_reader.errors import ReaderUnavailable
from bot.extractive_reader.session import ModelSession
from bot.extractive_reader.spans import best_span, trimmed
from bot.extractive_reader.windows import LONGEST, Window, sentence_bounds, windows_of
from bot.extractive_reader.wordpiece import WordPiece, load_wordpiece
from retrieval.models import Hit, Sentence, Span, TextPart

MOST_PASSAGES = 5
"""How many passages are read for a question, the best ranked: each costs about 10 ms."""
TOKENIZER = "tokenizer.json"


class Reader:
    """Reads passages together with a question; ``digest`` names its weights. Threads may share it."""

    def __init__(self, session: ModelSession, tokeniser: WordPiece, digest: str) -> None:
        self._session, self._tokeniser, self.digest = session, tokeniser, digest

    def __call__(self, question: str, hits: Sequence[Hit]) -> tuple[PassageReading, ...]:
        """The readings of the ``MOST_PASSAGES`` best ranked hits, best first; those without a body are left out.

        Raises ReaderUnavailable where the model turns out not to be usable.
        """
        best = sorted(hits, key=attrgetter("rank"))[:MOST_PASSAGES]
        readings = (PassageReading(hit.passage.id, self._read(question, hit)) for hit in best)
        return tuple(reading for reading in readings if reading.sentences)

    def warm(self) -> None:
        """Open the model, so that the first question costs no more than others. Raises ReaderUnavailable."""
        self._session.open()

    def _read(self, question: str, hit: Hit) -> tuple[SentenceReading, ...]:
        """A reading of each body sentence, the better one of a sentence in two windows."""
        found = [each for window in windows_of(self._tokeniser, question, hit) for each in self._readings(window, hit)]
        best = {each.sentence: each for each in sorted(found, key=attrgetter("score"))}
        return tuple(best[number] for number in sorted(best))

    def _readings(self, window: Window, hit: Hit) -> Iterator[SentenceReading]:
        logits = self._session.logits(window.ids, window.types)
        no_answer = float(logits[0].sum())
        bounds = sentence_bounds(hit, window.pieces)
        for number, (sentence, (first, last)) in enumerate(zip(hit.passage.sentences, bounds, strict=True)):
            if first < last and sentence.part is TextPart.BODY:
                span = best_span(logits[window.first + first : window.first + last])
                start, end = window.pieces.starts[first + span.first], window.pieces.ends[first + span.last]
                yield SentenceReading(number, _in_article(hit, sentence, int(start), int(end)), span.score - no_answer)


def _in_article(hit: Hit, sentence: Sentence, start: int, end: int) -> Span:
    """The span ``start:end`` of a hit's passage, trimmed, in code points of the article."""
    base = sentence.span.start - hit.passage.span.start
    first, last = trimmed(hit.passage.words_of(sentence.span), start - base, end - base)
    return Span(start=sentence.span.start + first, end=sentence.span.start + last)


def load_reader(folder: Path) -> Reader:
    """The reader whose model, the only ``.onnx`` file, and ``tokenizer.json`` are in a folder.

    The model is opened by ``warm`` or with the first question. Raises ReaderUnavailable where a file is missing or the
    tokeniser is damaged or of another kind; what is wrong with the model is raised when it is opened.
    """
    path = _model_file(folder)
    tokeniser = load_wordpiece(folder / TOKENIZER)
    probe = np.full(LONGEST, tokeniser.highest, np.int64)
    return Reader(ModelSession(path, probe), tokeniser, _digest(path))


def _model_file(folder: Path) -> Path:
    found = sorted(folder.glob("*.onnx"))
    if len(found) == 1:
        return found[0]
    problem = f"holds {len(found)} models" if found else "holds no model" if folder.is_dir() else "is not there"
    raise ReaderUnavailable(f"the folder {folder} {problem}; put one .onnx file and its {TOKENIZER} there")


def _digest(path: Path) -> str:
    """The first twelve hexadecimal digits of a file's SHA-256."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:12]
    except OSError as error:
        raise ReaderUnavailable(f"{path} cannot be read ({error.strerror}); copy it again") from None
