"""What else: the quotes that a talk has shown already are not given again."""

from __future__ import annotations

import re

from pydantic import Field

from bot.answering.models import Answer, Evidence, Reply
from retrieval.models import Record, Span

KEPT = 24
"""How many quotes of a talk are remembered."""
_MORE = re.compile(
    r"^\W*(?:and |so |ok(?:ay)?,? )?(?:(?:what|who|whom|where|when|which|why|any|anything|anyone|anybody|something|"
    r"somebody)\b(?:\W+\w+){0,2}?\W+(?:else|other|others|another|more)\b"
    r"|(?:tell me |show me |give me )?(?:some |any )?more\b)"
    r"|\bbesides\b",
    re.IGNORECASE,
)


class Shown(Record):
    """A stretch of an article that a talk has quoted."""

    article_id: str = Field(min_length=1)
    span: Span


def asks_for_more(text: str) -> bool:
    """Whether a question asks for what has not been told yet: ``what else``, ``any other news``, ``more``."""
    return bool(_MORE.search(text))


def unseen(evidence: tuple[Evidence, ...], seen: tuple[Shown, ...]) -> tuple[Evidence, ...]:
    """The evidence that stands in none of the quotes shown."""
    return tuple(piece for piece in evidence if not any(_holds(shown, piece) for shown in seen))


def _holds(shown: Shown, piece: Evidence) -> bool:
    return shown.article_id == piece.hit.passage.article_id and shown.span.holds(piece.span)


def shown_by(reply: Reply, before: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """What a talk has quoted after a reply, the latest first."""
    citations = reply.citations if isinstance(reply, Answer) else ()
    latest = tuple(Shown(article_id=citation.article_id, span=citation.span) for citation in citations)
    return tuple(dict.fromkeys((*latest, *before)))[:KEPT]
