"""Questions for a bot under load: thousands of texts, none of them twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

QUESTIONS = Path(__file__).parent.parent / "tests" / "quality" / "questions.jsonl"
SEED = 20220106
OPENINGS = ("", "please ", "Tell me: ", "so ", "Now: ")
FORMS = (str, str.lower)
ENDINGS = ("?", "", "??", " ?", "...", " please", " please?", "!", "?!", ".", " ???")


def questions() -> Iterator[str]:
    """The questions of the quality set, each put in many ways that ask the same; always in the same order."""
    asked = [json.loads(line)["question"].rstrip("?") for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    dressed = (f"{opening}{form(text)}{end}" for text, opening, form, end in product(asked, OPENINGS, FORMS, ENDINGS))
    texts = list(dict.fromkeys(dressed))
    random.Random(SEED).shuffle(texts)
    return iter(texts)
