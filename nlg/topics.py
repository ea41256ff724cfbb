"""What a sentence is about: a category as "att städa sin bostad" or "sitt minne"."""

from __future__ import annotations

from collections.abc import Sequence

from nlg.levels import Level
from nlg.lists import enumerate_items
from nlg.patterns import load, pattern
from nlg.person import Person
from nlg.slots import mentions_person, parse_frame, realise
from nlg.wording import category_wording
from phrases.catalogue import Category


def component(category: Category) -> str:
    """d for activities, told by verbs; b for all that is told by nouns."""
    return "d" if category.code[0] == "d" else "b"


def activity(
    categories: Sequence[Category], person: Person, level: Level, *, bound: bool = True, mentioned: bool = True
) -> str:
    """The categories without "att": "städa sin bostad och att laga mat", "sitt minne och sin syn".

    `bound` says that the person is subject; otherwise `mentioned` says whether the name already stands in the sentence.
    """
    parts: list[str] = []
    for category in categories:
        frame = category_wording(category.code, level.value).frame
        parts.append(realise(parse_frame(frame, bound), person, mentioned=mentioned))
        mentioned = mentioned or mentions_person(frame)
    if component(categories[0]) == "d":
        return enumerate_items([parts[0], *(f"att {part}" for part in parts[1:])])
    return enumerate_items(parts)


def topic(category: Category, person: Person, level: Level, *, bound: bool = True) -> str:
    """One category as the object of "när det gäller": an infinitive with "att", or a noun phrase.

    An infinitive always has the person as its understood subject.
    """
    if component(category) == "d":
        return f"att {activity([category], person, level)}"
    deed = category_wording(category.code, level.value).frame.startswith("att ")
    return activity([category], person, level, bound=bound or deed)


def sentence_of_matter(frame: str, person: Person) -> list[str]:
    """What something is about as a sentence of its own: "Det handlar om att städa hemma.", "Det gäller vuxna."."""
    if not frame:
        return []
    deed = frame.startswith("att ")
    told = realise(parse_frame(frame, deed), person)
    return [pattern(load("activity")["matter"]["deed" if deed else "what"]).sentence({"matter": lambda: told})]
