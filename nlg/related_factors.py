"""Related factors in words: body functions, structures, environment, personal factors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nlg.entries.functioning import Source
from nlg.entries.related_factor import PersonalFactor, RelatedFactor
from nlg.functioning import KINDS, degree, sentences_of_rest
from nlg.levels import Level
from nlg.messages import Message
from nlg.orthography import sentence
from nlg.patterns import load, pattern
from nlg.person import Person
from nlg.plain_language import fits_easy
from nlg.slots import mentions_person, parse_frame, realise
from nlg.sources import adverbial, sentence_of_source
from nlg.sources import providers as source_providers
from nlg.topics import activity, topic
from nlg.wording import category_wording
from phrases.catalogue import Category

Providers = dict[str, Callable[[], object]]


def related_factor_message(entry: RelatedFactor, person: Person, level: Level, *, mentioned: bool = False) -> Message:
    """The sentences of a factor; `mentioned` says that the text has named the person."""
    patterns = load("related_factor")
    wording = category_wording(entry.category.code, level.value)
    kind = KINDS[entry.qualifier]
    kind = "graded" if kind == "complete" else kind
    component = entry.category.code[0]
    part = entry.effect.value if entry.effect else component
    table = patterns["environment" if component == "e" else "body"][level.value][part]
    sourced = entry.source is not None and f"{kind}_sourced" in table
    kind = f"{kind}_sourced" if sourced else kind
    factor_first = component == "e" or kind == "not_applicable"
    providers: Providers = {
        **source_providers(entry.source, person, mentioned=mentioned),
        "person": lambda: person.subject(mentioned=mentioned),
        "person_later": lambda: person.subject(mentioned=mentioned or entry.source is Source.PERSON),
        "person_object": lambda: person.object(
            mentioned=mentioned or (factor_first and mentions_person(wording.frame))
        ),
        # In "att hålla reda på sina saker" the person is the understood subject.
        "factor": lambda: realise(
            parse_frame(wording.frame, wording.frame.startswith("att ")), person, mentioned=mentioned
        ),
        "factor_own": lambda: realise(parse_frame(wording.frame, True), person),
        "degree": lambda: degree(part, entry.qualifier, level),
        "said": lambda: adverbial(entry.source) if level is not Level.EASY else "",
        "where": lambda: _where(entry.affects, person, level) if component == "e" else "",
    }
    rest = sentences_of_rest([wording.residual], level)
    sentences = [pattern(source).sentence(providers) for source in _sources(table[kind])]
    if f"{kind}_apart" in table and not fits_easy(sentences[0]):
        sentences = [pattern(source).sentence(providers) for source in table[f"{kind}_apart"]]
    sentences += [*rest, *_structure(entry, level, patterns)]
    if component == "e":
        sentences += _matter(entry.affects, person, level)
    if entry.affects is not None and component != "e":
        affected = activity([entry.affects], person, level)
        values: Providers = {
            "person_object": lambda: person.object(),
            "possibility": lambda: f"{person.possessive(mentioned=True).common} möjlighet",
            "activity": lambda: affected,
        }
        sentences += [pattern(source).sentence(values) for source in patterns["affects"][level.value]]
    if not sourced:
        sentences += sentence_of_source(entry.source, person, level)
    source = entry.source.value if entry.source else "unsaid"
    affects = entry.affects.code if entry.affects else "-"
    phrase_id = f"related_factor/{level.value}/{entry.category.code}/{part}:{entry.qualifier}/{affects}/{source}"
    return Message(" ".join(sentences), phrase_id, wording.terms)


def _sources(told: str | list[str]) -> list[str]:
    """The patterns of a kind: one, or several where it takes more than one sentence."""
    return [told] if isinstance(told, str) else told


def _where(affects: Category | None, person: Person, level: Level) -> str:
    """What the factor concerns, in the same sentence; level easy gives it its own."""
    return f" när det gäller {topic(affects, person, level)}" if affects and level is not Level.EASY else ""


def _matter(affects: Category | None, person: Person, level: Level) -> list[str]:
    if affects is None or level is not Level.EASY:
        return []
    return [pattern(load("related_factor")["matter"]).sentence({"topic": lambda: topic(affects, person, level)})]


def _structure(entry: RelatedFactor, level: Level, patterns: Any) -> list[str]:
    """The nature and location of a change in structure, told at level journal."""
    if level is not Level.JOURNAL:
        return []
    told = [
        patterns[name][value]
        for name, value in (("nature", entry.nature), ("location", entry.location))
        if value is not None and value in patterns[name]
    ]
    return [sentence(", ".join(told))] if told else []


def personal_factor_message(entry: PersonalFactor, person: Person, level: Level, *, mentioned: bool = False) -> Message:
    """A personal factor in the writer's own words, after a sentence that says whether it hinders or helps."""
    source = load("related_factor")["personal"][level.value][entry.effect.value]
    text = pattern(source).sentence(
        {
            "person_object": lambda: person.object(mentioned=mentioned),
            "where": lambda: _where(entry.affects, person, level),
            "description": lambda: entry.description,
        }
    )
    affects = entry.affects.code if entry.affects else "-"
    told = " ".join([text, *_matter(entry.affects, person, level)])
    return Message(told, f"related_factor/{level.value}/personal/{entry.effect.value}/{affects}")
