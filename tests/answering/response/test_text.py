"""The text of replies: plain text and HTML say the same, and nothing that an article says becomes markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.models import (
    Answer,
    Citation,
    Missing,
    NoAnswer,
    QuestionKind,
    Reason,
    Reply,
    Statement,
    StatementKind,
)
from bot.answering.response.text import label, to_html, to_plain
from retrieval.models import Article, CorpusProfile, Header, Knowledge, MentionKind, Respelling
from tests.factories import (
    SENTENCE,
    make_answer,
    make_article,
    make_citation,
    make_closest,
    make_published,
    make_question,
    make_silence,
)
from tests.tglab.formatting import parse_html

HOSTILE = "<b>Ferry</b> & \"crew\" 'lost' </blockquote><a href=x>here</a> <script>"


def shown(reply: Reply) -> str:
    """The HTML of a reply as a reader sees it; raises where Telegram would refuse a block."""
    return "\n\n".join(parse_html(block)[0] for block in to_html(reply))


def tags(reply: Reply) -> list[str]:
    return [entity["type"] for block in to_html(reply) for entity in parse_html(block)[1]]


def bare(text: str) -> str:
    """Text without the marks of plain quotes and without addresses, which HTML has in its tags."""
    return " ".join(re.sub(r"^\| ", "", re.sub(r", https?://\S+", "", text), flags=re.MULTILINE).split())


def statements(*rows: tuple[StatementKind, str, str | None, tuple[int, ...]]) -> tuple[Statement, ...]:
    return tuple(Statement(kind=kind, text=text, note=note, numbers=numbers) for kind, text, note, numbers in rows)


def answer(citations: Sequence[Citation], *rows: tuple[StatementKind, str, str | None, tuple[int, ...]]) -> Answer:
    return Answer(question=make_question(), statements=statements(*rows), citations=tuple(citations), confidence=0.9)


ONE, TWO = (
    make_citation(),
    make_citation(make_article("other", outlet="Evening Star", url="https://star.example/1?a=1&b"), 2),
)
QUOTES = tuple((StatementKind.QUOTE, SENTENCE, None, (number,)) for number in (1, 2))
ANSWERS = {
    "short": make_answer(),
    "quote only": make_answer(short=None),
    "derived": answer([ONE], (StatementKind.SHORT, "4 May 2021", "“Tuesday”, the day before", (1,)), QUOTES[0]),
    "agreeing": answer([ONE, TWO], (StatementKind.SHORT, "4 May", None, (1, 2)), *QUOTES),
    "differing": answer(
        [ONE, TWO], (StatementKind.SHORT, "4 May", None, (1,)), (StatementKind.SHORT, "5 May", "a note", (2,)), *QUOTES
    ),
    "list": answer([ONE], *((StatementKind.ITEM, item, None, (1,)) for item in ("Dover", "4 May")), QUOTES[0]),
    "remark": answer([ONE], QUOTES[0], (StatementKind.REMARK, "The date is inferred.", None, (1,))),
    "hostile": make_answer(
        article=make_article(text=HOSTILE, title=HOSTILE, outlet=HOSTILE, url="https://a.b/?x=1&y=<"), short=HOSTILE
    ),
    "respelled": make_answer().model_copy(
        update={"respellings": (Respelling(asked="<doover>", used="Dover", used_term="dover", similarity=0.8),)}
    ),
}
GAP = Missing(words="harbour", articles=1, value=MentionKind.NUMBER)
REFUSALS = [reason for reason in Reason if reason is not Reason.CLOSEST]
SILENCES = {reason.value: make_silence(reason=reason).model_copy(update={"missing": (GAP,)}) for reason in REFUSALS} | {
    "nearest": make_silence().model_copy(update={"nearest": (ONE,)}),
    "closest": make_closest(),
    "closest of two": make_closest(make_article(), make_article("other", url="https://star.example/1")).model_copy(
        update={"missing": (GAP,), "offered": "When did the ferry reach Calais?"}
    ),
    "hostile closest": make_closest(make_article(text=HOSTILE, title=None, outlet=None)),
    "hostile silence": NoAnswer(
        text=HOSTILE,
        kind=QuestionKind.WHO,
        reason=Reason.UNKNOWN_NAME,
        missing=(Missing(words="<i>"), Missing(words="&amp;")),
        nearest=(make_citation(make_article(text=HOSTILE, title=None, outlet=None)),),
    ),
}


@pytest.mark.parametrize("reply", [*ANSWERS.values(), *SILENCES.values()], ids=[*ANSWERS, *SILENCES])
def test_plain_and_html_say_the_same(reply: Reply) -> None:
    assert bare(shown(reply)) == bare(to_plain(reply))


@pytest.mark.parametrize("reply", [*ANSWERS.values(), *SILENCES.values()], ids=[*ANSWERS, *SILENCES])
def test_nothing_is_left_empty_or_doubled(reply: Reply) -> None:
    text = to_plain(reply)
    assert text.strip() == text != ""
    assert not re.search(r"\n{3,}|None|\[\]|\(\)| [.,] ", text.replace(HOSTILE, "hostile"))
    assert all(block.strip() for block in to_html(reply))


def test_what_an_article_says_is_never_markup() -> None:
    reply = ANSWERS["hostile"]
    assert sorted(set(tags(reply))) == ["blockquote", "bold", "text_link"]
    assert tags(reply).count("bold") == 1
    assert HOSTILE in shown(reply)
    assert "<script>" not in "".join(to_html(reply))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://resolve?domain=x", 'data:text/html,"', "//evil.example"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "text_link" not in tags(make_answer(article=make_article(url=url)))


def test_a_link_leads_to_its_address() -> None:
    address = 'https://a.example/?a=1&b="2"'
    reply = make_answer(article=make_article(url=address))
    links = [entity for block in to_html(reply) for entity in parse_html(block)[1] if entity["type"] == "text_link"]
    assert [link["url"] for link in links] == [address]
    assert address in to_plain(reply)


@pytest.mark.parametrize(("length", "kind"), [(100, "blockquote"), (2000, "expandable_blockquote")])
def test_a_long_quote_can_be_expanded(length: int, kind: str) -> None:
    assert kind in tags(make_answer(article=make_article(text="x" * length)))


def test_the_answer_comes_first_then_the_quote_then_the_source() -> None:
    lines = [line for line in to_plain(ANSWERS["short"]).splitlines() if line]
    assert lines == ["4 May", f"| {SENTENCE} [1]", "[1] Channel News, 6 May 2021"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("derived", "4 May 2021 (“Tuesday”, the day before)"),
        ("agreeing", "2 articles say so [1][2]"),
        ("differing", "4 May, says Channel News, 6 May 2021 [1]"),
        ("differing", "5 May (a note), says Evening Star, 6 May 2021 [2]"),
        ("list", "Dover, 4 May (2)"),
        ("remark", "The date is inferred. [1]"),
        ("respelled", "Showing results for: Dover (not “<doover>”)"),
    ],
)
def test_how_a_part_reads(name: str, line: str) -> None:
    assert line in to_plain(ANSWERS[name]).splitlines()


def test_a_source_is_named_once_with_all_its_numbers() -> None:
    again = make_citation(number=2)
    reply = answer([ONE, again], *QUOTES)
    assert to_plain(reply).splitlines()[-1] == "[1][2] Channel News, 6 May 2021"


LABELS = [
    (Header(id="a", outlet="Herald", title="T", published=make_published(date(2021, 5, 6))), "Herald, 6 May 2021"),
    (Header(id="a", title="Ferry lost"), "“Ferry lost”"),
    (Header(id="a"), "a"),
    (
        Header(id="a", title="Ferry lost", published=make_published(date(2021, 5, 6), Knowledge.INFERRED)),
        "“Ferry lost”, date inferred: 6 May 2021",
    ),
]


@pytest.mark.parametrize(("header", "words"), LABELS)
def test_how_a_source_is_named(header: Header, words: str) -> None:
    assert label(header) == words


def silence(reason: Reason, *missing: Missing) -> str:
    profile = CorpusProfile(articles=2, first=date(2021, 5, 6), last=date(2021, 5, 7))
    return to_plain(make_silence(reason=reason).model_copy(update={"missing": missing, "profile": profile}))


@pytest.mark.parametrize(
    ("reason", "missing", "words"),
    [
        (Reason.UNKNOWN_NAME, (Missing(words="Novak"),), "No article mentions “Novak”."),
        (
            Reason.UNKNOWN_NAME,
            (Missing(words="Boris"), Missing(words="Novak")),
            "No article mentions “Boris” or “Novak”.",
        ),
        (
            Reason.UNKNOWN_NAME,
            (Missing(words="Ann"), Missing(words="Boris"), Missing(words="Novak")),
            "No article mentions “Ann”, “Boris” or “Novak”.",
        ),
        (Reason.UNKNOWN_OUTLET, (Missing(words="Reuters"),), "No article here is from Reuters."),
        (Reason.VALUE_NOT_GIVEN, (Missing(words="", value=MentionKind.NUMBER),), "No article on this gives a number."),
        (
            Reason.VALUE_NOT_GIVEN,
            (Missing(words="deaths", value=MentionKind.NUMBER),),
            "No article on this gives a number of deaths.",
        ),
        (Reason.RELATION_NOT_STATED, (Missing(words="mayor of Oslo"),), "No article says who is “mayor of Oslo”."),
        (Reason.NO_WORDS, (Missing(words="Novak", articles=1),), "No article quotes “Novak” on this."),
        (Reason.NOT_SURE, (Missing(words="sold"), Missing(words="2031")), "No article mentions “2031”."),
        (Reason.NOT_SURE, (Missing(words="12"),), "The articles do not say."),
        (Reason.NOT_SURE, (Missing(words="787", articles=1),), "The articles do not say."),
        (Reason.NOTHING_FOUND, (), "The articles have nothing on this."),
        (Reason.NOT_SURE, (), "2 articles, 6 May 2021 to 7 May 2021"),
    ],
)
def test_what_a_silence_says_is_missing(reason: Reason, missing: tuple[Missing, ...], words: str) -> None:
    assert words in silence(reason, *missing)


@pytest.mark.parametrize("reason", [Reason.NOT_SURE, Reason.SAID_OTHERWISE, Reason.NOTHING_FOUND])
def test_a_word_that_is_not_met_is_never_the_reason(reason: Reason) -> None:
    assert "sold" not in silence(reason, Missing(words="sold"), Missing(words="Oslo", articles=1))


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal_is_never_longer_than_an_answer_and_shows_no_quote(reason: Reason) -> None:
    refusal = make_silence(reason=reason).model_copy(update={"missing": (GAP,), "nearest": (ONE,)})
    assert len(to_plain(refusal)) <= len(to_plain(make_answer()))
    assert SENTENCE not in to_plain(refusal)


def test_the_closest_are_quotes_with_their_sources_and_nothing_bold() -> None:
    lines = [line for line in to_plain(SILENCES["closest"]).splitlines() if line]
    assert lines == ["Not sure. Closest:", f"| {SENTENCE} [1]", "[1] Channel News, 6 May 2021"]
    assert "harbour" not in to_plain(SILENCES["closest of two"])
    assert to_plain(SILENCES["closest of two"]).endswith("Or did you mean: When did the ferry reach Calais?")
    assert tags(SILENCES["closest of two"]) == ["blockquote", "blockquote", "text_link"]


@pytest.mark.parametrize("reason", [Reason.GREETING, Reason.THANKS, Reason.EMPTY_QUESTION, Reason.EMPTY_CORPUS])
def test_a_friendly_line_names_no_sources(reason: Reason) -> None:
    text = silence(reason)
    assert "\n" not in text
    assert "article" not in text or reason in {Reason.EMPTY_CORPUS, Reason.GREETING}
    assert "[1]" not in text


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="|"), min_size=1, max_size=60).filter(
    str.strip
)


@settings(deadline=None)
@given(text=texts, title=texts, outlet=texts, short=texts)
def test_no_text_breaks_the_markup(text: str, title: str, outlet: str, short: str) -> None:
    article: Article = make_article(text=text, title=title, outlet=outlet)
    reply = make_answer(article=article, short=short)
    assert bare(shown(reply)) == bare(to_plain(reply))
    silent = make_silence(reason=Reason.NOT_SURE).model_copy(update={"nearest": reply.citations})
    assert bare(shown(silent)) == bare(to_plain(silent))


FORM_FEED = pytest.param("\f")


@pytest.mark.parametrize("break_", [FORM_FEED, "\v", "\x1c", "\x85", "\u2028", "\r\n"])
def test_a_page_break_in_an_article_breaks_no_block(break_: str) -> None:
    reply = make_answer(article=make_article(text=f"One page{break_}another page."))
    assert "another page." in shown(reply)
    assert tags(reply).count("blockquote") == 1
