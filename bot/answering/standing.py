"""Whether a question can stand without the talk before it, as far as its words show; pure."""

from __future__ import annotations

import re
from typing import Final

_LEANING: Final = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then|else|others?|same|"
    r"such|so|again|exactly|too|either|instead|whose)\b|^(?:and|but|or|also|what about|how about)\b",
    re.IGNORECASE,
)
_FEW_WORDS: Final = 3


def stands_alone(question: str) -> bool:
    """Whether a question needs no talk: it points back at nothing and is more than a few words long."""
    return len(question.split()) > _FEW_WORDS and _LEANING.search(question.strip()) is None
