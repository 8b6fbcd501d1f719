"""The bot's own pages: plain sentences, escaped, and true to what the corpus holds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.views import pages
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render
from retrieval.models import Article, CorpusProfile, Header, Knowledge, Published
from tests.factories import make_article, make_published

DAY = date(2022, 1, 6)
PROFILE = CorpusProfile(articles=2, passages=20, outlets=("TASS", "A & B"), first=DAY, last=DAY)
STATED = Header(
    id="one", title="Talks & <talks>", outlet="TASS", published=Published(day=DAY), url='https://x.org/?a=1&b="2"'
)
INFERRED = Header(id="two", title="Second", published=Published(day=DAY, known=Knowledge.INFERRED))
BARE = Header(id="three")


def shown(blocks: tuple[str, ...]) -> str:
    return "\n\n".join(part.plain for part in render(blocks))


def markup(blocks: tuple[str, ...]) -> str:
    return "\n\n".join(part.html for part in render(blocks))


def test_start_says_what_it_knows_and_how_to_ask():
    text = shown(pages.start(PROFILE, private=True))
    assert "2 news articles of 6 January 2022" in text
    assert "\nWhat happened on 6 January 2022?\n" in text
    assert "/ask" not in text
    assert "/ask What happened on 6 January 2022?" in shown(pages.start(PROFILE, private=False))


def test_start_on_an_empty_corpus_names_no_days():
    assert "0 news articles. I quote" in shown(pages.start(CorpusProfile(), private=True))


def test_about_names_outlets_escaped():
    assert "Named outlets: TASS, A &amp; B." in markup(pages.about(PROFILE))


def test_about_names_a_few_outlets_of_many():
    many = PROFILE.model_copy(update={"outlets": tuple(f"Outlet {number}" for number in range(100))})
    assert "Outlet 14 and 85 more." in shown(pages.about(many))


def test_sources_lists_headline_outlet_date_and_id():
    html = markup(pages.sources((STATED, INFERRED, BARE), ""))
    assert html.startswith("<b>3 articles</b>")
    assert (
        '<a href="https://x.org/?a=1&amp;b=&quot;2&quot;"><b>Talks &amp; &lt;talks&gt;</b></a>\nTASS, 6 January 2022'
        in html
    )
    assert "<b>Second</b>\ndate inferred: 6 January 2022\n<code>/article two</code>" in html
    assert "<b>three</b>\ndate unknown" in html


def test_sources_narrows_to_an_outlet_or_a_headline():
    assert '1 article for "tass"' in shown(pages.sources((STATED, INFERRED), "tass"))
    assert "Second" in shown(pages.sources((STATED, INFERRED), "SECOND"))
    assert shown(pages.sources((STATED,), "Reuters <")).startswith('No headline or outlet contains "Reuters <".')
    assert shown(pages.sources((), "")) == "There are no articles yet."


def test_sources_shows_the_newest_of_many_and_says_so():
    text = shown(pages.sources([BARE.model_copy(update={"id": f"n{number}"}) for number in range(200)], ""))
    assert text.startswith("200 articles")
    assert "These are the newest 20." in text
    assert "n19" in text and "n20" not in text


def test_an_article_is_its_headline_and_its_words_as_a_quote():
    article = Article(**STATED.model_dump(), text="First & <last>.\n\nSecond.")
    (part,) = render(pages.article(article))
    assert part.plain.endswith("TASS, 6 January 2022\n\nFirst & <last>.\n\nSecond.")
    assert "<blockquote expandable>First &amp; &lt;last&gt;.\n\nSecond.</blockquote>" in part.html


def test_of_a_very_long_article_the_first_two_messages_are_shown():
    parts = render(pages.article(Article(id="long", text="A sentence. " * 5000)))
    assert len(parts) == 2
    assert parts[1].plain.endswith("The article has 52500 more characters.")


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        (page("unknown_article", id="<b>"), "No article has the id <b>."),
        (pages.usage(PROFILE), "/ask What happened on 6 January 2022?"),
        (page("unknown_command", command="/dance"), "/help lists what I can do."),
        (pages.help_page(), "/sources: the articles"),
        (page("article_usage"), "/sources lists the articles with their ids."),
        (page("only_text"), "Please write your question."),
        (pages.apology(), "Sorry"),
    ],
)
def test_short_pages_fit_one_message(blocks, text):
    assert text in shown(blocks)
    assert len(render(blocks)) == 1


def test_an_article_without_a_headline_is_named_by_its_outlet_once() -> None:
    told = shown(
        pages.sources([Header.of(make_article("x", title=None, outlet="TASS", published=make_published()))], "")
    )
    assert told.count("TASS") == 1 and "1. TASS\n6 May 2021" in told
