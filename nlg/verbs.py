"""The forms of verbs, and verb phrases whose head verb is inflected.

A verb phrase is text that begins with its head verb in the infinitive: `klä på NN`. The forms stand in
`phrases/data/verbs.yaml`; a verb that is not listed is a fault of the bank and is found by `ordbro check`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from phrases.verbs import VerbForms, verb_forms, verbs


class Tense(StrEnum):
    """The tense of a finite verb."""

    PRESENT = "present"
    PAST = "past"


def finite(infinitive: str, tense: Tense) -> str:
    """The finite form: (hjälpa, present) -> hjälper."""
    forms: VerbForms = verb_forms(infinitive)
    return {Tense.PRESENT: forms.present, Tense.PAST: forms.past}[tense]


def split_phrase(phrase: str) -> tuple[str, str]:
    """(head, rest) of a verb phrase: "klä på NN" -> ("klä", "på NN"), "städa, tvätta" -> ("städa", ", tvätta")."""
    first, _, rest = phrase.partition(" ")
    head = first.rstrip(",")
    return (head, rest) if head == first else (head, f", {rest}")


_STOPS: Final = frozenset({"att", "hur", "som", "när", "om", "så", "för"})
"""Words behind which another clause begins: its verbs are not coordinated with the head."""


_CONJUNCTIONS: Final = frozenset({"och", "eller"})


def _coordinated(rest: str, inflect: Callable[[VerbForms], str]) -> str:
    """The rest of a phrase with coordinated verbs inflected: "mat, städa och tvätta" -> "mat, städat och tvättat"."""
    words = rest.split(" ")
    joined = rest.startswith(",")
    for position, word in enumerate(words):
        bare = word.rstrip(",")
        if bare in _STOPS:
            break
        forms = verbs().get(bare) if joined else None
        if forms is not None:
            words[position] = inflect(forms) + word[len(bare) :]
        joined = word.endswith(",") or word in _CONJUNCTIONS
    return " ".join(words)


def supine(phrase: str) -> str:
    """The phrase after "har": "klä på NN" -> "klätt på NN", "laga mat och städa" -> "lagat mat och städat"."""
    head, rest = split_phrase(phrase)
    return f"{verb_forms(head).supine} {_coordinated(rest, lambda forms: forms.supine)}".rstrip()


def present_tail(phrase: str) -> str:
    """What follows the head verb in a present-tense clause; coordinated verbs stand in the present too."""
    return _coordinated(split_phrase(phrase)[1], lambda forms: forms.present)
