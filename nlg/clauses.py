"""Clauses and their word order.

A clause has a subject, a finite verb, a middle field (sentence adverbials, negation last) and the rest. A main clause
is verb-second: a fronted adverbial puts the subject behind the verb. In a subordinate clause the middle field stands
before the verb ("eftersom NN inte kan städa").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlg.verbs import Tense, finite


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; `verb` is an infinitive that `tense` makes finite; `middle` holds adverbials in their order."""

    subject: str
    verb: str
    rest: str = ""
    middle: tuple[str, ...] = ()
    front: str = ""
    tense: Tense = Tense.PRESENT

    def with_middle(self, *adverbials: str) -> Clause:
        """The clause with adverbials put before those already in the middle field; empty ones are left out."""
        return replace(self, middle=tuple(a for a in adverbials if a) + self.middle)

    def fronted(self, adverbial: str) -> Clause:
        """The clause with an adverbial first."""
        return replace(self, front=adverbial)


def main_clause(clause: Clause) -> str:
    """Verb second: "NN har enligt handläggaren ...", "vid uppföljningen hade NN ..."."""
    verb = finite(clause.verb, clause.tense)
    head = (clause.front, verb, clause.subject) if clause.front else (clause.subject, verb)
    return _join(*head, *clause.middle, clause.rest)


def subordinate_clause(clause: Clause, conjunction: str = "att") -> str:
    """Middle field before the verb: "att NN inte alls kan städa sin bostad"."""
    return _join(conjunction, clause.subject, *clause.middle, finite(clause.verb, clause.tense), clause.rest)


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
