"""One seed article writes "the latter" of Kazakhstan where it means Russia: such words are quoted, never taken over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot import bootstrap
from bot.answering.models import Answer, StatementKind
from bot.answering.response.text import to_plain
from bot.settings import Settings

SLIP = "the ongoing standoff between the latter and Ukraine"


@pytest.fixture(scope="module")
def dateline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bootstrap.Dateline]:
    made = bootstrap.build(Settings(data_dir=tmp_path_factory.mktemp("data")))
    yield made
    made.close()


@pytest.mark.parametrize(
    "question",
    [
        "Is there a standoff between Kazakhstan and Ukraine?",
        "Who is in a standoff with Ukraine?",
        "Which country is in a standoff with Ukraine?",
        "Which countries are in a standoff?",
        "What is ongoing between Kazakhstan and Ukraine?",
        "What did Çavuşoğlu and Lavrov discuss about Kazakhstan and Ukraine?",
        "Compare what the articles say about the standoff",
        "What do TASS and the other article say about Ukraine?",
        "latest news about Ukraine",
        "How many articles mention a standoff?",
        "What happened on January 6?",
        "List all countries",
    ],
)
@pytest.mark.parametrize("always", [False, True])
def test_the_slip_stands_in_the_articles_own_words_alone(
    dateline: bootstrap.Dateline, question: str, always: bool
) -> None:
    reply = dateline.answer(question, date(2022, 1, 7), always=always).reply
    if isinstance(reply, Answer):
        ours = [each.text for each in reply.statements if each.kind is not StatementKind.QUOTE]
        assert not any("standoff" in text or "Kazakhstan and Ukraine" in text for text in ours)
        assert all(each.text in reply.citation(each.numbers[0]).quote for each in reply.statements if SLIP in each.text)
    assert "the latter [" not in to_plain(reply)
