"""The JSON objects that programs read, and the lines that people read."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.answering.models import Reason
from bot.cli import output
from retrieval.documents.article_fields import json_of
from retrieval.ingest import IngestReport
from retrieval.models import Knowledge, Published
from tests.factories import SENTENCE, make_answer, make_article, make_closest, make_hit, make_published, make_silence


def test_json_is_one_line_with_letters_as_they_are() -> None:
    assert output.line({"name": "Çavuşoğlu\n"}) == '{"name": "Çavuşoğlu\\n"}'


def test_an_answer_has_its_quote_with_its_place() -> None:
    row = output.reply_row(7, "When?", make_answer(article=make_article(url="https://example.org/ferry")))
    assert (row["id"], row["status"], row["short_answer"], row["confidence"]) == (7, "answered", "4 May", 0.9)
    assert row["citations"] == [
        {
            "number": 1,
            "article_id": "ferry",
            "title": "Ferry reaches Dover",
            "source": "Channel News",
            "published": "2021-05-06",
            "url": "https://example.org/ferry",
            "quote": SENTENCE,
            "start": 0,
            "end": len(SENTENCE),
        }
    ]
    assert "reason" not in row


def test_no_answer_has_a_reason_and_no_citation() -> None:
    row = output.reply_row(None, "Who?", make_silence(reason=Reason.UNKNOWN_NAME))
    assert (row["status"], row["short_answer"], row["citations"]) == ("not_found", None, [])
    assert (row["reason"], row["missing"], row["nearest"]) == ("unknown_name", [], [])
    assert json.loads(output.line(row)) == row


def test_the_closest_quotes_are_citations_without_a_short_answer() -> None:
    row = output.reply_row("q", "When?", make_closest(make_article(), make_article("other")))
    assert (row["status"], row["short_answer"], row["confidence"]) == ("closest", None, 0.3)
    cited = [(each["number"], each["article_id"], each["start"], each["end"]) for each in row["citations"]]
    assert cited == [(1, "ferry", 0, len(SENTENCE)), (2, "other", 0, len(SENTENCE))]
    assert (row["reason"], row["nearest"]) == ("closest", row["citations"])


def test_hits_have_their_query_and_place() -> None:
    row = output.hits_row("q", "ferry", (make_hit(score=1.25),))
    hit = {"rank": 1, "score": 1.25, "article_id": "ferry", "start": 0, "end": len(SENTENCE), "text": SENTENCE}
    assert row == {"id": "q", "query": "ferry", "hits": [hit]}


def test_an_article_row_is_the_header_row_with_the_text() -> None:
    article = make_article()
    assert output.article_row(article) == {**json_of(article), "text": SENTENCE}


def test_a_hit_for_people_is_on_two_lines_however_its_text_is_broken() -> None:
    hit = make_hit(make_article(text="The ferry\n\nreached  Dover."))
    assert output.hit_lines(hit).splitlines()[1] == "   The ferry reached Dover."


@pytest.mark.parametrize(
    ("published", "caption"),
    [
        (make_published(), "ferry  2021-05-06  Channel News  Ferry reaches Dover"),
        (
            Published(day=date(2021, 5, 6), known=Knowledge.INFERRED),
            "ferry  2021-05-06 (inferred)  Channel News  Ferry reaches Dover",
        ),
    ],
)
def test_a_caption_says_whether_the_date_is_inferred(published: Published, caption: str) -> None:
    assert output.caption(make_article(published=published)) == caption


def test_a_caption_of_an_article_of_which_little_is_known() -> None:
    article = make_article(title=None, outlet=None).model_copy(update={"published": None})
    assert output.caption(article) == "ferry  no date"


def test_a_report_counts_every_outcome() -> None:
    report = IngestReport(added=("a", "b"), unchanged=("c",))
    assert output.report_line(report) == "2 added, 0 replaced, 1 unchanged, 0 refused"
