"""The JSON shapes that the command line writes, and the lines for people beside them."""

from __future__ import annotations

import json

from bot.answering.models import Answer, Citation, NoAnswer, Reply
from bot.answering.response.text import to_plain
from retrieval.ingest import IngestReport
from retrieval.models import Article, Header, Hit, Knowledge, Published

Row = dict[str, object]


def line(row: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(row, ensure_ascii=False)


def reply_row(identity: str | int | None, asked: str, reply: Reply) -> Row:
    """What ``ask --json`` writes of a reply."""
    row: Row = {
        "id": identity,
        "question": asked,
        "status": "answered" if isinstance(reply, Answer) else "not_found",
        "kind": (reply.question.kind if isinstance(reply, Answer) else reply.kind).value,
        "short_answer": reply.short_text if isinstance(reply, Answer) else None,
        "confidence": round(reply.confidence, 4),
        "text": to_plain(reply),
        "citations": [citation_row(each) for each in reply.citations] if isinstance(reply, Answer) else [],
    }
    return row | silence_row(reply) if isinstance(reply, NoAnswer) else row


def silence_row(reply: NoAnswer) -> Row:
    """What stands beside the common fields where the articles do not say."""
    return {
        "reason": reply.reason.value,
        "missing": [each.model_dump(mode="json") for each in reply.missing],
        "nearest": [citation_row(each) for each in reply.nearest],
    }


def citation_row(citation: Citation) -> Row:
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


def hits_row(identity: str | int | None, asked: str, hits: tuple[Hit, ...]) -> Row:
    """What ``search --json`` writes."""
    return {"id": identity, "query": asked, "hits": [hit_row(hit) for hit in hits]}


def hit_row(hit: Hit) -> Row:
    span = hit.passage.span
    return {
        "rank": hit.rank,
        "score": hit.score,
        "article_id": hit.header.id,
        "start": span.start,
        "end": span.end,
        "text": hit.passage.text,
    }


def header_row(header: Header | Article) -> Row:
    """What ``list --json`` writes of an article."""
    published = header.published
    return {
        "id": header.id,
        "title": header.title,
        "source": header.outlet,
        "published": day(published),
        "date_inferred": published is not None and published.known is Knowledge.INFERRED,
        "url": header.url,
        "author": header.author,
        "language": header.language,
    }


def article_row(article: Article) -> Row:
    """What ``show --json`` writes."""
    return {**header_row(article), "text": article.text}


def day(published: Published | None) -> str | None:
    return None if published is None else published.day.isoformat()


def report_line(report: IngestReport) -> str:
    """What became of the articles that were to be added."""
    counts = {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "refused": report.refused,
    }
    return ", ".join(f"{len(what)} {name}" for name, what in counts.items())


def hit_lines(hit: Hit) -> str:
    """A hit for a person: rank, score, article and the passage's words."""
    words = " ".join(hit.passage.text.split())
    return f"{hit.rank}. {hit.score:.2f}  {caption(hit.header)}\n   {words}"


def caption(header: Header | Article) -> str:
    """An article in one line: id, day, outlet, headline, as far as they are known."""
    published = header.published
    inferred = " (inferred)" if published and published.known is Knowledge.INFERRED else ""
    parts = (header.id, f"{day(published) or 'no date'}{inferred}", header.outlet, header.title)
    return "  ".join(part for part in parts if part)
