"""The question that settles two codes that stay close, and what each target is easily confused with.

`data/questions.yaml` holds a question in easy Swedish a pair of actions, targets or statuses; whole codes (YA) count as
targets. `data/neighbours.yaml` holds, a target, the targets it is confused with. Both are our own wording and follow
docs/writing-rules.md. Who was there answers; every answer leads to one code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from phrases.outline import read_outline

__all__ = ["Axis", "Neighbour", "Question", "Questions", "neighbours", "questions"]

Axis: TypeAlias = Literal["action", "target", "status"]
"""What the two codes are."""

_SECTIONS: Final[Mapping[Axis, str]] = {"action": "actions", "target": "targets", "status": "statuses"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers by the code that each leads to, in order of the codes."""

    text: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A target that another is confused with; `difference` tells the two apart in one easy sentence."""

    code: str
    difference: str


@dataclass(frozen=True, slots=True)
class Questions:
    """Every question, by axis and by the two codes in order of the alphabet; and by axis the answer for whoever cannot
    tell, where there is something wider to fall back to.
    """

    by_axis: Mapping[Axis, Mapping[tuple[str, str], Question]]
    unsure: Mapping[str, str]

    def between(self, axis: Axis, first: str, second: str) -> Question | None:
        """The question that settles two codes, given in either order; None if there is none for them."""
        return self.by_axis[axis].get((min(first, second), max(first, second)))


@lru_cache(maxsize=1)
def questions() -> Questions:
    """The questions, read once."""
    content = read_outline("questions.yaml")
    pairs = {axis: _pairs(content[section]) for axis, section in _SECTIONS.items()}
    return Questions(MappingProxyType(pairs), MappingProxyType(content["unsure"]))


@lru_cache(maxsize=1)
def neighbours() -> Mapping[str, tuple[Neighbour, ...]]:
    """The neighbours of every target, the most alike first, read once."""
    return MappingProxyType(
        {
            target: tuple(Neighbour(code, difference) for code, difference in rows.items())
            for target, rows in read_outline("neighbours.yaml").items()
        }
    )


def _pairs(section: Mapping[str, Mapping[str, object]]) -> Mapping[tuple[str, str], Question]:
    pairs: dict[tuple[str, str], Question] = {}
    for key, entry in section.items():
        first, second = key.split()
        text, answers = entry["question"], entry["answers"]
        if not isinstance(text, str) or not isinstance(answers, dict) or [*answers] != [first, second]:
            raise ValueError(f"questions.yaml, {key}: a question and an answer for each of the two codes are wanted")
        pairs[first, second] = Question(text, MappingProxyType(answers))
    return MappingProxyType(pairs)
