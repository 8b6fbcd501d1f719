"""Expected answer types: which kinds of mention can be what a noun asks for: ``which city``, ``how many crates``."""

from __future__ import annotations

import re

from bot.answering.lexicon.noun_classes import classes_of
from bot.answering.lexicon.word_lists import word_list
from bot.answering.question.head_noun import head_of
from retrieval.models import MentionKind

_BY_NOUN: tuple[tuple[str, tuple[MentionKind, ...]], ...] = (
    ("hour_nouns", (MentionKind.TIME, MentionKind.DATE)),
    ("time_nouns", (MentionKind.DATE, MentionKind.TIME)),
    ("place_nouns", (MentionKind.PLACE,)),
    ("organisation_nouns", (MentionKind.ORGANISATION,)),
    ("person_nouns", (MentionKind.PERSON,)),
    ("share_nouns", (MentionKind.PERCENT, MentionKind.NUMBER)),
    ("money_nouns", (MentionKind.MONEY, MentionKind.NUMBER)),
    ("lasting_nouns", (MentionKind.DURATION,)),
    ("number_nouns", (MentionKind.NUMBER, MentionKind.PERCENT, MentionKind.MONEY)),
    ("nationality_nouns", (MentionKind.NATIONALITY,)),
)
"""The word list that a noun is in, and what may answer it, best first; the first list that has it decides."""
_BY_CLASS = {
    "person": (MentionKind.PERSON,),
    "city": (MentionKind.PLACE,),
    "country": (MentionKind.PLACE,),
    "state": (MentionKind.PLACE,),
    "mountain": (MentionKind.PLACE,),
    "water": (MentionKind.PLACE,),
    "percent": (MentionKind.PERCENT, MentionKind.NUMBER),
}
"""Classes that decide alone what may answer; the others have nouns of several senses."""
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "countrymen": "countryman"}
_AFTER_HOW_MANY = re.compile(
    r"(?:how many|number of) (?:of )?(?:(?:the|its|his|her|their|these|those|different|other|total|more|such|all) )*"
    r"((?:[\w-]+(?: |$)){1,4})"
)


def types_of_noun(noun: str) -> tuple[MentionKind, ...]:
    """The kinds of mention that can be a ``noun``, best first; none where any words may."""
    if listed := next((kinds for name, kinds in _BY_NOUN if noun in word_list(name)), ()):
        return listed
    classes = classes_of(noun)
    return next((_BY_CLASS[name] for name in classes if name in _BY_CLASS), ()) if len(classes) == 1 else ()


def asked_noun(text: str) -> str | None:
    """The noun of ``which ferry``, ``what is the name of the ship``, in the singular; None where there is none."""
    noun = head_of(text)
    return None if noun is None else singular(noun) or noun


def counted_noun(asked: str) -> str | None:
    """The noun that is counted: ``how many paid holiday days do`` -> days; None where nothing follows."""
    found = _AFTER_HOW_MANY.search(asked)
    if found is None:
        return None
    phrase: list[str] = []
    for word in found[1].split():
        if word in word_list("phrase_ends"):
            break
        phrase.append(word)
    plurals = [word for word in phrase if singular(word)]
    return next(iter(plurals or phrase), None)


def singular(noun: str) -> str | None:
    """The singular of a plural noun; None where it is no plural."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if not noun.endswith("s") or noun.endswith("ss") or noun in word_list("no_plurals"):
        return None
    return noun[:-3] + "y" if noun.endswith("ies") else noun[:-1]
