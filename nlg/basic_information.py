"""Basic information in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from nlg.dates import long_date
from nlg.entries.basic_information import BasicInformation, PersonId, Value, items
from nlg.levels import Level
from nlg.lists import enumerate_items
from nlg.messages import Message
from nlg.patterns import pattern
from nlg.person import Person
from nlg.slots import parse_frame, realise
from nlg.topics import sentence_of_matter
from nlg.wording import activity_terms, item_frame, item_matter
from phrases.catalogue import Item, catalogue

Providers = dict[str, Callable[[], object]]


def basic_information_message(
    entry: BasicInformation, person: Person, level: Level, *, mentioned: bool = False
) -> Message:
    """The sentences of one item; `mentioned` says that the text has named the person.

    Level easy gives each of several values a sentence of its own.
    """
    row = items()[entry.item]
    providers: Providers = {
        "person": lambda: person.subject(mentioned=mentioned),
        "person_object": lambda: person.object(mentioned=mentioned),
        "reflexive": lambda: person.forms.reflexive,
        "possessive_neuter": lambda: person.possessive(mentioned=mentioned).neuter,
        "on_date": lambda: f" {long_date(entry.on)}" if entry.on else "",
    }
    whole = [source for value in entry.values if (source := _whole_sentence(row, value, level))]
    partial = [value for value in entry.values if not _whole_sentence(row, value, level)]
    sentences = [pattern(source).sentence(providers) for source in whole]
    for values in [[value] for value in partial] if level is Level.EASY else [partial] if partial else []:
        words = enumerate_items([_words(row, value, level, providers) for value in values])
        sentences.append(pattern(_at(row, level)).sentence({**providers, "value": words.__str__}))
        if level is Level.EASY:
            sentences += [told for service in _services(row, values) for told in _matter(service, person)]
    if any(isinstance(value, PersonId) and value.coordination for value in entry.values):
        sentences.append(pattern(_at(row["coordination"], level)).sentence({}))
    terms = dict.fromkeys(term for service in _services(row, entry.values) for term in activity_terms(service))
    return Message(" ".join(sentences), f"basic_information/{level.value}/{entry.item}", tuple(terms))


def _services(row: Mapping[str, Any], values: Sequence[Value]) -> list[Item]:
    """The statistical services among the values; none for the other items."""
    return [catalogue().statistical[str(value)] for value in values] if row["kind"] == "service" else []


def _matter(service: Item, person: Person) -> list[str]:
    return sentence_of_matter(item_matter(service), person)


def _at(row: Mapping[str, str], level: Level) -> str:
    """The text of a level; easy falls back to plain, plain to journal."""
    order = {Level.JOURNAL: ("journal",), Level.PLAIN: ("plain", "journal"), Level.EASY: ("easy", "plain", "journal")}
    return next(row[name] for name in order[level] if name in row)


def _whole_sentence(row: Mapping[str, Any], value: Value, level: Level) -> str:
    """The pattern of a value that has a sentence of its own, or ""."""
    if row["kind"] != "choice":
        return ""
    wording: Mapping[str, str] = row["values"][value]
    if "sentence" in wording:
        return wording["sentence"]
    return "" if row["journal"] else _at(wording, level)


def _words(row: Mapping[str, Any], value: Value, level: Level, providers: Providers) -> str:
    """A value in words."""
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, PersonId):
        return value.text
    if row["kind"] == "service":
        frame = item_frame(catalogue().statistical[str(value)], level.value)
        return realise(parse_frame(frame, True), Person())
    if row["kind"] == "choice":
        return pattern(_at(row["values"][value], level)).phrase(providers)
    return str(value)
