"""A tiny tokeniser and a tiny ONNX model whose logits are known: each word has its own start and end logit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from retrieval.models import Article, Header, Hit, Passage, Sentence, Span, TextPart
from tests.factories import make_article

WORDS = """[PAD] [UNK] [CLS] [SEP] . , : ( ) “ ” the ferry reached dover on 4 may mayor anna ##s resigned left u s
    who""".split()
VOCABULARY = {word: number for number, word in enumerate(WORDS)}


def tokenizer_json(vocabulary: Mapping[str, int] = VOCABULARY, **model: Any) -> dict[str, Any]:
    """What a tokenizer.json of an uncased BERT has; ``model`` is put over the fields of the part of that name."""
    normalizer = {"type": "BertNormalizer", "lowercase": True, "strip_accents": None}
    usual = {"type": "WordPiece", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}
    return {"normalizer": normalizer, "model": {**usual, "vocab": dict(vocabulary), **model}}


def make_model(
    path: Path,
    scores: Mapping[str, tuple[float, float]] = {},
    inputs: Sequence[str] = ("ids", "types", "mask"),
    output: str = "logits",
    rows: int = len(WORDS),
    passage: float = 0.0,
    logits_of_a_token: int = 2,
) -> Path:
    """Write a model that gives each token the start and end logit of its word, 0 where there are none.

    Tokens of the second segment, title and passage, get ``passage`` more for each; the mask is not looked at.
    """
    table = np.zeros((rows, logits_of_a_token), np.float32)
    for word, pair in scores.items():
        table[VOCABULARY[word], :2] = pair
    segments = np.full((2, logits_of_a_token), [[0], [passage]], np.float32)
    nodes = [
        helper.make_node("Gather", ["table", inputs[0]], ["of words"]),
        helper.make_node("Gather", ["segments", inputs[1]], ["of segments"]),
        helper.make_node("Add", ["of words", "of segments"], [output]),
    ]
    shape = ["batch", "tokens"]
    graph = helper.make_graph(
        nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [*shape, logits_of_a_token])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(segments, "segments")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return path


def make_folder(folder: Path, scores: Mapping[str, tuple[float, float]] = {}, **model: Any) -> Path:
    """A folder with the tiny reader."""
    folder.mkdir(exist_ok=True, parents=True)
    make_model(folder / "tiny.onnx", scores, **model)
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer_json()), encoding="utf-8")
    return folder


def hit_of(
    *sentences: str, before: str = "", title: str | None = None, rank: int = 1, parts: Sequence[TextPart] = ()
) -> Hit:
    """A hit whose passage consists of sentences, with a blank between; the article has ``before`` in front of it."""
    text = before + " ".join(sentences)
    article = make_article(f"article{rank}", text=text, title=title)
    return Hit(
        passage=_passage(article, len(before), sentences, parts),
        header=Header.of(article),
        score=1.0,
        rank=rank,
        tokens=((),) * len(sentences),
    )


def _passage(article: Article, at: int, sentences: Sequence[str], parts: Sequence[TextPart]) -> Passage:
    spans, start = [], at
    for sentence in sentences:
        spans.append(Span(start=start, end=start + len(sentence)))
        start += len(sentence) + 1
    kinds = parts or [TextPart.BODY] * len(spans)
    return Passage(
        id=f"{article.id}#0",
        article_id=article.id,
        span=Span(start=at, end=len(article.text)),
        text=article.text[at:],
        sentences=tuple(Sentence(span=span, part=part) for span, part in zip(spans, kinds, strict=True)),
    )
