"""How a rule of the grammar is written down, kept by the words it may start with, and tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from retrieval.models import MentionKind
from retrieval.timex.expressions import DateReading, Meaning
from retrieval.timex.vocabulary import GAP


class SourceText(NamedTuple):
    """A text as it came and as the rules read it."""

    text: str
    plain: str

    def before(self, found: re.Match[str], reach: int = 30) -> str:
        """The plain text before a match."""
        return self.plain[max(0, found.start() - reach) : found.start()]

    def after(self, found: re.Match[str], reach: int = 30) -> str:
        """The plain text after a match."""
        return self.plain[found.end() : found.end() + reach]

    def is_capital(self, start: int) -> bool:
        return self.text[start : start + 1].isupper()


Build = Callable[[re.Match[str], SourceText], tuple[DateReading, ...]]
DIGIT = "0"
"""Stands for any digit among the words a rule may start with."""


class GrammarRule:
    """A pattern with what it means, compiled at first use; an underscore in it is the gap between two words."""

    def __init__(self, pattern: str, build: Build) -> None:
        self.pattern = pattern
        self.build = build

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern.replace("_", GAP))


class Grammar:
    """Rules by the words they start with."""

    def __init__(self) -> None:
        self.rules: dict[str, list[GrammarRule]] = {}

    def rule(self, starts: Iterable[str], pattern: str) -> Callable[[Build], Build]:
        """Enters the decorated function as what the pattern means."""

        def enter(build: Build) -> Build:
            rule = GrammarRule(pattern, build)
            for word in dict.fromkeys(starts):
                self.rules.setdefault(word, []).append(rule)
            return build

        return enter

    def read_at(self, word: str, position: int, source: SourceText) -> tuple[DateReading, ...]:
        """The readings of the longest rule that matches at the position; none where no rule does."""
        best: tuple[DateReading, ...] = ()
        for rule in self.rules.get(word, ()):
            found = rule.compiled.match(source.plain, position)
            if found is not None and (not best or found.end() > best[-1].end):
                best = rule.build(found, source) or best
        return best


def whole(
    found: re.Match[str], kind: MentionKind, meaning: Meaning, detail: str | None = None
) -> tuple[DateReading, ...]:
    """One reading over the whole match."""
    return (DateReading(found.start(), found.end(), kind, meaning, detail),)
