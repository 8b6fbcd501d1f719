"""What a press shows is read from the articles as they are now, and says so where they no longer say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.models import Answer, Citation, Reason, Statement, StatementKind, Trace
from bot.chat.persistence.answers import StoredAnswer
from bot.chat.responses.answer_details import AnswerDetails, answer_buttons, show_passage
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.deep_links import DeepLink, LinkTarget
from retrieval.documents.passages import split_passages
from retrieval.errors import UnknownArticle
from retrieval.models import Article, Header, Passage, Span
from tests.factories import make_article, make_closest, make_question, make_silence, make_trace

DAY = date(2022, 1, 7)
TO = Recipient(today=DAY, us="lab_bot")
STORY = "It rained all day. The ferry <left> Calais. The ferry reached Dover on 4 May. Nobody was hurt & all slept."
PROOF = "The ferry reached Dover on 4 May."


class Shelf:
    """Articles that can be changed and taken away."""

    def __init__(self, *articles: Article) -> None:
        self.articles = {article.id: article for article in articles}

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            raise UnknownArticle(article_id)
        return self.articles[article_id]

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        return split_passages(self.article(article_id))


def cite(article: Article, words: str, number: int) -> Citation:
    start = article.text.index(words)
    span = Span(start=start, end=start + len(words))
    passage = next(passage for passage in split_passages(article) if passage.span.contains(span))
    return Citation(number=number, header=Header.of(article), quote=words, span=span, passage=passage)


def answered(*cited: tuple[Article, str]) -> StoredAnswer:
    citations = tuple(cite(article, words, number) for number, (article, words) in enumerate(cited, 1))
    statements = tuple(Statement(kind=StatementKind.QUOTE, text=c.quote, numbers=(c.number,)) for c in citations)
    answer = Answer(question=make_question(), statements=statements, citations=citations, confidence=0.9)
    return StoredAnswer.of(make_trace(answer), DAY, ("<b>4 May</b>",))


def press(found: StoredAnswer, action: ButtonAction, number: int = 0) -> CallbackData:
    return CallbackData(action=action, about=found.id, number=number)


def shown(shelf: Shelf, found: StoredAnswer, action: ButtonAction, number: int = 0, language: str = "en") -> str:
    parts = AnswerDetails(shelf).show(found, press(found, action, number), TO.model_copy(update={"language": language}))
    return "\n\n".join(part.html for part in parts)


def words(keyboard: Sequence[Sequence[object]]) -> list[list[str]]:
    return [[button.text for button in row] for row in keyboard]


@pytest.fixture
def story() -> Article:
    return make_article(text=STORY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passage_is_shown_whole_with_its_quote_marked(story, language):
    html = shown(Shelf(story), answered((story, PROOF)), ButtonAction.PASSAGE, language=language)
    assert f"Calais. <b>{PROOF}</b> Nobody was hurt &amp; all slept.</blockquote>" in html
    assert "The ferry &lt;left&gt; Calais." in html
    assert html.count("<b>") == 2  # the headline and the quote


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_reads_the_article_again_and_shows_the_neighbours(story, language):
    html = shown(Shelf(story), answered((story, PROOF)), ButtonAction.PROOF, language=language)
    quoted = re.search(r"<blockquote>(.*)</blockquote>", html, re.DOTALL)
    assert quoted is not None
    assert quoted[1] == f"The ferry &lt;left&gt; Calais. <b>{PROOF}</b> Nobody was hurt &amp; all slept."
    start = STORY.index(PROOF)
    assert str(start) in html and str(start + len(PROOF)) in html


@pytest.mark.parametrize("action", list(ButtonAction)[:3])
def test_an_article_that_has_changed_or_gone_proves_nothing(story, action):
    shelf, found = Shelf(story), answered((story, PROOF))
    shelf.articles["ferry"] = story.model_copy(update={"text": STORY.replace("4 May", "5 May")})
    html = shown(shelf, found, action)
    assert "has changed since I answered" in html and "5 May" not in html
    shelf.articles["ferry"] = story.model_copy(update={"text": "Short."})
    assert "has changed since I answered" in shown(shelf, found, action)
    del shelf.articles["ferry"]
    assert "has been removed since I answered" in shown(shelf, found, action)


def test_sources_are_named_once_with_everything_quoted_from_them(story):
    other = make_article("other", text="All slept. The ferry came on 4 May.", title="Another", outlet="TASS")
    found = answered((story, PROOF), (other, "All slept."), (story, "It rained all day."))
    html = shown(Shelf(story, other), found, ButtonAction.SOURCES)
    assert html.index("[1][3]") < html.index(PROOF) < html.index("It rained all day.") < html.index("[2]")
    assert "/article other" in html


def test_many_sources_have_pages_that_come_round(story):
    shelf = Shelf(*(make_article(f"a{number}", text=f"Ship {number} sank.") for number in range(12)))
    found = answered(*((article, article.text) for article in shelf.articles.values()))
    for number, ids in ((0, range(5)), (1, range(5, 10)), (2, range(10, 12)), (3, range(5))):
        (part,) = AnswerDetails(shelf).show(found, press(found, ButtonAction.SOURCES, number), TO)
        assert re.findall(r"/article a(\d+)", part.html) == [str(each) for each in ids]
        assert words(part.buttons) == [["Next"]]
    assert CallbackData.read(part.buttons[0][0].data or "") == CallbackData(
        action=ButtonAction.SOURCES, about=found.id, number=1, below=True
    )


def test_quotes_can_be_gone_through_one_by_one(story):
    shelf, found = Shelf(story), answered((story, PROOF), (story, "It rained all day."))
    for number, quote in ((0, PROOF), (1, "It rained all day.")):
        (part,) = AnswerDetails(shelf).show(found, press(found, ButtonAction.PASSAGE, number), TO)
        assert f"<b>{quote}</b>" in part.html
        assert words(part.buttons) == [["Prove it", "Next"], ["Copy citation"]]
        proof, following = (CallbackData.read(button.data or "") for button in part.buttons[0])
        assert proof == CallbackData(action=ButtonAction.PROOF, about=found.id, number=number, below=True)
        assert following == CallbackData(action=ButtonAction.PASSAGE, about=found.id, number=1 - number, below=True)


def test_buttons_stand_where_there_is_something_to_show(story):
    other = make_article("other", text="All slept.")
    assert words(answer_buttons(answered((story, PROOF)), TO)) == [
        ["Whole passage", "Prove it"],
        ["What next?", "Copy link"],
        ["Good answer", "Bad answer"],
    ]
    two = answered((story, PROOF), (other, "All slept."))
    assert words(answer_buttons(two, TO))[1] == ["Other sources", "What next?", "Copy link"]
    silence = StoredAnswer.of(make_trace(make_silence()), DAY, ("no",))
    assert words(answer_buttons(silence, TO)) == [["No answer is correct", "Should have answered"]]
    near = make_silence().model_copy(update={"nearest": (cite(story, PROOF, 1),)})
    assert words(answer_buttons(StoredAnswer.of(Trace(text="Who?", reply=near), DAY, ("no",)), TO))[0] == [
        "Whole passage"
    ]
    closest = make_closest(story, other)
    assert words(answer_buttons(StoredAnswer.of(make_trace(closest), DAY, ("closest",)), TO)) == [
        ["Whole passage"],
        ["Other sources"],
        ["No answer is correct", "Should have answered"],
    ]
    greeted = StoredAnswer.of(make_trace(make_silence(reason=Reason.GREETING)), DAY, ("Hello!",))
    assert answer_buttons(greeted, TO) == ()


def copied(keyboard: Sequence[Sequence[object]]) -> list[str]:
    return [button.copied for row in keyboard for button in row if button.copied]


def test_an_answer_and_a_citation_can_be_copied_with_a_link_to_them(story):
    found = answered((story, PROOF))
    (link,) = copied(answer_buttons(found, TO))
    assert link == f"https://t.me/lab_bot?start=a_{found.id}"
    (part,) = AnswerDetails(Shelf(story)).show(found, press(found, ButtonAction.PASSAGE), TO)
    (citation,) = copied(part.buttons)
    assert citation.startswith(f"“{PROOF}” (Channel News, 6 May 2021) https://t.me/lab_bot?start=p_")
    link = DeepLink.read(citation.rpartition("start=")[2])
    assert link is not None and link.to is LinkTarget.PASSAGE and link.span is not None
    assert link.span.of(story.text) == PROOF


def test_a_long_citation_is_cut_and_keeps_its_source():
    long = make_article(text=f"{'The ferry reached ' * 50}Dover.")
    found = answered((long, long.text))
    (part,) = AnswerDetails(Shelf(long)).show(found, press(found, ButtonAction.PASSAGE), TO)
    (citation,) = copied(part.buttons)
    assert len(citation) <= 256 and "…” (Channel News, 6 May 2021) https://" in citation


def test_a_linked_passage_is_marked_unless_it_is_meant_whole(story):
    start = STORY.index(PROOF)
    (part,) = show_passage(Shelf(story), "ferry", Span(start=start, end=start + len(PROOF)), TO)
    assert f"<b>{PROOF}</b>" in part.html and not part.html.startswith("[")
    (whole,) = show_passage(Shelf(story), "ferry", Span(start=0, end=len(STORY)), TO)
    assert whole.html.count("<b>") == 1
    (gone,) = show_passage(Shelf(story), "ferry", Span(start=0, end=len(STORY) + 1), TO)
    assert "changed or removed" in gone.plain


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), data=st.data())
def test_any_quote_of_any_article_is_shown_word_for_word(text, data):
    article = make_article(text=text)
    passages = split_passages(article)
    passage = data.draw(st.sampled_from(passages))
    start = data.draw(st.integers(passage.span.start, passage.span.end - 1))
    end = data.draw(st.integers(start + 1, passage.span.end))
    found = answered((article, text[start:end])) if text.find(text[start:end]) == start else None
    if found is None:
        return
    for action in (ButtonAction.PASSAGE, ButtonAction.PROOF):
        assert "<b>" in shown(Shelf(article), found, action)
