"""What the commands print: the JSON objects for programs and the lines for people."""

from __future__ import annotations

import json

from bot.answering.models import Answer, Citation, NoAnswer, Reply
from bot.answering.response.text import to_plain
from retrieval.documents.article_fields import json_of
from retrieval.ingest import IngestReport
from retrieval.models import Article, Header, Hit, Knowledge, Published

Row = dict[str, object]


def line(row: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(row, ensure_ascii=False)


def reply_row(identity: str | int | None, question: str, reply: Reply) -> Row:
    """A reply as ``ask --json`` writes it."""
    row: Row = {
        "id": identity,
        "question": question,
        "status": _status(reply),
        "kind": (reply.question.kind if isinstance(reply, Answer) else reply.kind).value,
        "short_answer": reply.short_text if isinstance(reply, Answer) else None,
        "confidence": round(reply.confidence, 4),
        "text": to_plain(reply),
        "citations": [citation_row(each) for each in reply.citations],
    }
    return row | no_answer_row(reply) if isinstance(reply, NoAnswer) else row


def _status(reply: Reply) -> str:
    if isinstance(reply, Answer):
        return "answered"
    return "closest" if reply.citations else "not_found"


def no_answer_row(reply: NoAnswer) -> Row:
    """The further fields of a reply without an answer."""
    return {
        "reason": reply.reason.value,
        "missing": [each.model_dump(mode="json") for each in reply.missing],
        "nearest": [citation_row(each) for each in reply.nearest],
    }


def citation_row(citation: Citation) -> Row:
    """A citation; ``start`` and ``end`` are character positions of the quote in its article's text."""
    header = citation.header
    return {
        "number": citation.number,
        "article_id": header.id,
        "title": header.title,
        "source": header.outlet,
        "published": day(header.published),
        "url": header.url,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def hits_row(identity: str | int | None, query: str, hits: tuple[Hit, ...]) -> Row:
    """The hits of a query as ``search --json`` writes them."""
    return {"id": identity, "query": query, "hits": [hit_row(hit) for hit in hits]}


def hit_row(hit: Hit) -> Row:
    """A hit; ``start`` and ``end`` are character positions of the passage in its article's text."""
    span = hit.passage.span
    return {
        "rank": hit.rank,
        "score": hit.score,
        "article_id": hit.header.id,
        "start": span.start,
        "end": span.end,
        "text": hit.passage.text,
    }


def article_row(article: Article) -> Row:
    """An article as ``show --json`` writes it; ``list --json`` writes the same without the text."""
    return {**json_of(article), "text": article.text}


def day(published: Published | None) -> str | None:
    """The date as YYYY-MM-DD."""
    return None if published is None else published.day.isoformat()


def report_line(report: IngestReport) -> str:
    """How many articles an import added, replaced, left unchanged and refused."""
    counts = {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "refused": report.refused,
    }
    return ", ".join(f"{len(ids)} {name}" for name, ids in counts.items())


def hit_lines(hit: Hit) -> str:
    """A hit for people: rank, score, article and the passage's text."""
    text = " ".join(hit.passage.text.split())
    return f"{hit.rank}. {hit.score:.2f}  {caption(hit.header)}\n   {text}"


def caption(header: Header) -> str:
    """An article in one line: id, date, outlet and title, as far as they are known."""
    published = header.published
    inferred = " (inferred)" if published and published.known is Knowledge.INFERRED else ""
    parts = (header.id, f"{day(published) or 'no date'}{inferred}", header.outlet, header.title)
    return "  ".join(part for part in parts if part)
