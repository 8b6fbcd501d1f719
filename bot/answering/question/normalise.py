"""Normalisation: greetings and thanks around a question are removed: "Hello! When did it happen? Thanks."."""

from __future__ import annotations

import re
from typing import Final

_ASKS: Final = (
    r"(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b"
)
_GREETING: Final = (
    r"(?:hi|hello|hey|hallo|greetings|dear (?:bot|dateline)|good (?:morning|afternoon|evening|day)|merhaba|selam|"
    r"здравствуйте|привет)(?: (?:there|bot|dateline|all|everybody|everyone|again))?"
)
_ANNOUNCING: Final = (
    r"(?:ok|okay|well|so|now|next|and now|excuse me|sorry|please|lütfen|пожалуйста|i wonder|do you know|i ask again|"
    r"(?:i have )?(?:a |one |another |my |the )?(?:quick |short |more |next |last )*question(?: is)?|"
    r"(?:(?:please|can you|could you|would you)(?: please)? )?(?:tell me|say|answer)(?: please)?)"
)
_BEFORE: Final = re.compile(
    rf"\s*(?:(?:{_GREETING}|{_ANNOUNCING})\s*(?:[,:!?;…–—-]+|\.+(?=\s))\s*|(?:{_GREETING}|so|ok|okay|please)\s+(?={_ASKS}))",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:(?<=[\s,.!?;:])|^)(?:many )?(?:thanks?(?: you)?(?: (?:so|very) much| a lot| again| in advance)?|thx|cheers|"
    r"please|pls|teşekkürler|teşekkür ederim|lütfen|спасибо|пожалуйста)\s*[.!?…]*\s*$",
    re.IGNORECASE,
)


def remove_courtesies(text: str) -> str:
    """The question without greetings and thanks; the whole text where nothing would be left."""
    bare = text
    while begins := _BEFORE.match(bare):
        bare = bare[begins.end() :]
    while ends := _AFTER.search(bare):
        asks = "?" if "?" in ends[0] and "?" not in bare[: ends.start()] else ""
        bare = bare[: ends.start()].rstrip(" ,;:") + asks
    return bare if any(sign.isalnum() for sign in bare) else text
