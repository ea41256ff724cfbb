"""From codes to frames: the bank's wording where it is curated, else grammar on the official term.

Everything here is text with slots; nothing knows the person yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from phrases.bank import KsiWording, bank
from phrases.catalogue import Activity, Category, Item, catalogue

RESIDUAL_KINDS: Final = {
    "specified": "other",
    "unspecified": "unspecified",
    "specified and unspecified": "both",
}
"""The catalogue's names of residual categories -> the keys of the pattern file."""

_REFLEXIVE: Final = re.compile(r"\b(sig|sin|sitt|sina)\b")


@dataclass(frozen=True, slots=True)
class CategoryWording:
    """The frame of a category at one level; `residual` is the kind of rest it stands for, if any."""

    frame: str
    residual: str
    terms: tuple[str, ...]


@lru_cache(maxsize=4096)
def category_wording(code: str, level: str) -> CategoryWording:
    """The wording of an ICF category: a verb phrase for d, a noun phrase for b, s and e.

    A residual category ("annat specificerat") takes the wording of the category it belongs to.
    """
    category = catalogue().icf[code]
    curated = bank().icf.get(code)
    if curated is not None:
        return CategoryWording(curated.at(level), "", curated.terms)
    if category.residual and category.parent:
        base = category_wording(category.parent, level)
        return CategoryWording(base.frame, RESIDUAL_KINDS[category.residual], base.terms)
    return CategoryWording(frame_of_term(category), "", ())


def frame_of_term(category: Category) -> str:
    """A frame made of the official term: "Att klä sig" -> "klä {sig}"; a noun phrase in d becomes "klara ..."."""
    term = _REFLEXIVE.sub(r"{\1}", lower_first(category.term))
    if category.code[0] != "d":
        return term
    return term.removeprefix("att ") if term.startswith("att ") else f"klara {term}"


def lower_first(text: str) -> str:
    """The text with a small first letter, unless the first word is an abbreviation (SoL, LVU)."""
    first = text.split(" ", 1)[0]
    return text if sum(c.isupper() for c in first) > 1 else text[:1].lower() + text[1:]


# --- KSI -----------------------------------------------------------------------------------------------------------

_FIELD: Final = re.compile(r"<(om )?(\w+)>")


@lru_cache(maxsize=4096)
def target_wording(code: str) -> KsiWording:
    """The bank's wording of a target, or one made of its official term."""
    curated = bank().targets.get(code)
    if curated is not None:
        return curated
    target = catalogue().targets[code]
    term = _REFLEXIVE.sub(r"{\1}", lower_first(target.term))
    ability = term.startswith("att ")
    parts = _official_parts(term.removeprefix("att ") if ability else "", term)
    return KsiWording(code, term, ability, parts, parts, "", ())


def _official_parts(does: str, topic: str) -> dict[str, str]:
    does = does or f"klara {topic}"
    return {
        "does": does,
        "for": does,
        "about": topic,
        "assess": f"hur {{hen}} klarar att {does}",
        "encourage": f"uppmuntra {{person}} att {does}",
        "give": f"ge {{person}} {topic}",
        "adjust": f"sköta {topic}",
    }


@lru_cache(maxsize=8192)
def expand(template: str, target: str, level: str) -> str:
    """The frame of an action: `<field>` is a field of the bank, `<om field>` the same after "om" unless a question."""

    def fill(match: re.Match[str]) -> str:
        text = journal_part(target, match[2]) if level == "journal" else target_wording(target).part(level, match[2])
        return f"om {text}" if match[1] and not text.startswith("hur ") else text

    return _FIELD.sub(fill, template)


def journal_part(target: str, field: str) -> str:
    """`thing` (the topic as it stands) or `assess` at level journal: "{sin} förmåga att tvätta {sig}"."""
    wording = target_wording(target)
    return {"thing": wording.topic, "assess": _assessed(target, wording)}[field]


def _assessed(target: str, wording: KsiWording) -> str:
    if not wording.ability:
        return _of_person(target, wording.topic)
    if wording.topic.startswith("att "):
        return f"{{sin}} förmåga {wording.topic}"
    return f"{{sin}} förmåga när det gäller {wording.topic}"


def _of_person(target: str, topic: str) -> str:
    """The topic with the person in it: habits and mind are the person's, all else is told to concern the person."""
    if "{" in topic or topic.startswith("att "):
        return topic
    return {"V": f"{{sina}} {topic}", "T": f"{topic} hos {{person}}"}.get(target[0], f"{topic} som rör {{person}}")


@lru_cache(maxsize=4096)
def support_frame(code: str) -> str:
    """An activity's title as a noun phrase with slots: "praktiskt stöd i att städa {sin} bostad"."""
    activity = catalogue().activities[code]
    parts = catalogue().title_parts(code)
    wording = target_wording(activity.target)
    topic = wording.topic if parts.topic == _official_topic(activity) else parts.topic
    between = f" {parts.preposition} " if parts.preposition else ", "
    words = lower_first(parts.words)
    return f"{'en ' if words.startswith('annan ') else ''}{words}{between}{topic}"


def _official_topic(activity: Activity) -> str:
    """The topic that most actions of the target share; a few titles have one of their own."""
    topics = [
        catalogue().title_parts(f"{activity.target}.{action}.ZZ").topic
        for action in catalogue().actions_of(activity.target)
    ]
    return max(topics, key=topics.count)


def item_frame(item: Item, level: str) -> str:
    """The frame of an administrative code (a verb phrase) or a statistical one (a noun phrase)."""
    curated = bank().items.get(item.code)
    if curated is not None and curated.at(level):
        return curated.at(level)
    title = lower_first(item.title).replace(" - ", " – ").replace("s.k. ", "så kallat ")
    return _VERB_FOR_NOUN.get(title.partition(" ")[0], "{}").format(title) if item.code.startswith("X") else title


def item_matter(item: Item) -> str:
    """What the easy wording of an administrative or statistical code leaves to a sentence of its own; "" if nothing."""
    curated = bank().items.get(item.code)
    return curated.matter if curated else ""


def activity_terms(activity: Activity | Item) -> tuple[str, ...]:
    """The words of an activity's wording that the glossary explains."""
    if isinstance(activity, Activity):
        return target_wording(activity.target).terms
    curated = bank().items.get(activity.code)
    return curated.terms if curated else ()


_VERB_FOR_NOUN: Final = {"ställningstagande": "göra ett {}"}
"""Administrative titles that are noun phrases need a verb: "göra ett ställningstagande att inleda en utredning"."""
