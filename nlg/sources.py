"""Who says so, in words."""

from __future__ import annotations

from collections.abc import Callable

from nlg.entries.functioning import Source
from nlg.levels import Level
from nlg.patterns import load, pattern
from nlg.person import Person


def adverbial(source: Source | None) -> str:
    """enligt handläggaren; "" if nobody is named."""
    return str(load("sources")["sources"][source.value]["adverbial"]) if source else ""


def providers(source: Source | None, person: Person, *, mentioned: bool) -> dict[str, Callable[[], object]]:
    """The values of source_subject, source_verb and by_self; none where nobody is named.

    The person as the source is the one the text is about, by name or pronoun.
    """
    if source is None:
        return {}
    row = load("sources")["sources"][source.value]
    own = source is Source.PERSON
    return {
        "source_subject": lambda: person.subject(mentioned=mentioned) if own else row["subject"],
        "source_verb": lambda: row["verb"],
        "by_self": lambda: "själv" if own else "",
    }


def sentence_of_source(source: Source | None, person: Person, level: Level, *, past: bool = False) -> list[str]:
    """["Det säger handläggaren."] at level easy, where the source has its own sentence; else nothing."""
    if source is None or level is not Level.EASY:
        return []
    name = "sentence_at_follow_up" if past else "sentence"
    return [pattern(load("sources")[name]).sentence(providers(source, person, mentioned=False))]
