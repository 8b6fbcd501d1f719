"""Fixtures of answering: one recogniser, and the whole system over small invented corpora."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.answering.reader.context import AnswerContext
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Article, MentionKind
from retrieval.text.tokens import tokenize
from tests.answering.articles import CHESS, FIRE, MOURNING
from tests.answering.workbench import System, context_of, report
from tests.paths import SEEDS


@pytest.fixture(scope="session")
def language() -> EntityRecogniser:
    return EntityRecogniser()


@pytest.fixture(scope="session")
def new_system(language: EntityRecogniser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., System]]:
    """Makes the system over the articles it is given."""
    systems: list[System] = []

    def make(*articles: Article) -> System:
        systems.append(System(tmp_path_factory.mktemp("system"), language, articles))
        return systems[-1]

    yield make
    for system in systems:
        system.store.close()


@pytest.fixture(scope="session")
def system(new_system: Callable[..., System]) -> System:
    """The system over three articles; tests that change the corpus make their own."""
    return new_system(FIRE, MOURNING, CHESS)


@pytest.fixture(scope="session")
def ask(language: EntityRecogniser) -> Callable[..., AnswerContext]:
    """Asks a question over articles or texts and returns its context, before its confidence is estimated."""

    def make(question: str, *articles: Article | str) -> AnswerContext:
        return context_of(language, question, *(report(one) if isinstance(one, str) else one for one in articles))

    return make


@pytest.fixture(scope="session")
def seed_names(language: EntityRecogniser) -> frozenset[str]:
    """The words of the people, countries, cities and nations that the seed articles name, folded."""
    kinds = {MentionKind.PERSON, MentionKind.PLACE, MentionKind.NATIONALITY}
    texts = [path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")]
    names = [
        mention.span.of(text)
        for text in texts
        for mention in language.analyse(text).mentions
        if mention.kind in kinds and mention.detail != "region"
    ]
    return frozenset(token.word for name in names for token in tokenize(name) if token.content)
