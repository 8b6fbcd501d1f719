"""Whether a question is in another language than English, the one that questions are understood in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

# frequent words of questions; none is an English word, a name or part of one
_WORDS: Final = {
    "tr": "ne neden nerede nasıl niçin niye kim kimi kimin kime kaç hangi zaman mı mi bir ve ile için oldu olduğu",
    "ru": "кто что когда где куда почему зачем как сколько какой какая какие чей был была были это",
    "de": "wer wen wem wessen wann wo wohin warum wieso wie wieviel welche welcher ist sind wurde hat haben und",
    "fr": "qui quoi quand où pourquoi comment combien quel quelle sont était",
    "es": "quién quien qué cuándo cuando dónde donde cómo cuánto cuántos cuál fue dijo",
    "it": "chi quando dove perché quanto quanti quale sono",
    "pt": "quem quê quando onde porquê quanto quantos qual são foi disse",
}
_ENGLISH: Final = frozenset(
    "who whom whose what when where why how which is are was were do does did has have had the of in on to and for "
    "will can could many much long say said there that this it tell me about".split()
)
_LANGUAGES: Final = tuple((name, frozenset(words.split())) for name, words in _WORDS.items())
_WORD: Final = re.compile(r"[^\W\d_]+")
# question words that are also names, where they are capitalised at the beginning
_NAMES: Final = frozenset({"Kim"})


def other_language(text: str) -> str | None:
    """The IETF tag of the language that a question seems to be in, ``und`` for one not known here; None for English.

    A name in another script does not make a question foreign, and neither does a foreign word among English ones.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not words or _ENGLISH & {word.casefold() for word in words}:
        return None
    asking = (words[0] if words[0] in _NAMES else words[0].lower(), *words[1:])
    found = Counter({name: sum(word in known for word in asking) for name, known in _LANGUAGES})
    language, count = found.most_common(1)[0]
    if count:
        return language
    return ("ru" if _is_cyrillic(words[0]) else "und") if _is_foreign_script(words) and len(words) > 1 else None


def _is_foreign_script(words: list[str]) -> bool:
    """Whether most of the words are in another script than the Latin one."""
    return sum(not unicodedata.name(word[0], "").startswith("LATIN") for word in words) * 2 > len(words)


def _is_cyrillic(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("CYRILLIC")
