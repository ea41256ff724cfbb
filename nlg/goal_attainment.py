"""Goal attainment in words."""

from __future__ import annotations

from collections.abc import Callable

from nlg.entries.functioning import Source
from nlg.entries.goal_attainment import GoalAttainment
from nlg.functioning import sentences_of_rest
from nlg.levels import Level
from nlg.messages import Message
from nlg.orthography import sentence
from nlg.patterns import load, pattern
from nlg.person import Person
from nlg.sources import adverbial, sentence_of_source
from nlg.sources import providers as source_providers
from nlg.topics import topic
from nlg.wording import category_wording


def goal_attainment_message(entry: GoalAttainment, person: Person, level: Level, *, mentioned: bool = False) -> Message:
    """The sentences of a judgement; `mentioned` says that the text has named the person."""
    patterns = load("goal_attainment")
    sentences: list[str] = []
    table = patterns[level.value]
    sourced = entry.source is not None and f"{entry.value.value}_sourced" in table
    for source in table[f"{entry.value.value}_sourced" if sourced else entry.value.value]:
        sentences.append(pattern(source).sentence(_providers(entry, person, level, mentioned)))
        mentioned = mentioned or level is not Level.EASY
    sentences += sentences_of_rest([category_wording(entry.category.code, level.value).residual], level)
    if not sourced:
        sentences += sentence_of_source(entry.source, person, level)
    if entry.cause is not None:
        sentences.append(pattern(patterns["causes"][level.value][entry.cause.value]).sentence({}))
    if entry.reason:
        sentences.append(sentence(patterns["reason"].replace("{{ reason }}", entry.reason)))
    source = entry.source.value if entry.source else "unsaid"
    phrase_id = f"goal_attainment/{level.value}/{entry.category.code}/{entry.value.value}/{source}"
    return Message(" ".join(sentences), phrase_id, category_wording(entry.category.code, level.value).terms)


def _providers(entry: GoalAttainment, person: Person, level: Level, mentioned: bool) -> dict[str, Callable[[], object]]:
    later = mentioned or entry.source is Source.PERSON  # behind "Anna har inte sagt ..."
    return {
        **source_providers(entry.source, person, mentioned=mentioned),
        "person": lambda: person.subject(mentioned=mentioned),
        "person_later": lambda: person.subject(mentioned=later),
        "goal_later": lambda: f"{person.possessive(mentioned=later).neuter} mål",
        "person_object": lambda: person.object(mentioned=mentioned),
        "goal": lambda: f"{person.possessive(mentioned=mentioned).neuter} mål",
        "situation": lambda: f"{person.possessive(mentioned=mentioned).common} situation",
        "topic": lambda: topic(entry.category, person, level, bound=False),
        "topic_own": lambda: topic(entry.category, person, level),
        "said": lambda: adverbial(entry.source) if level is not Level.EASY else "",
    }
