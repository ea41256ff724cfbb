"""Sentence patterns: what a sentence looks like, in Jinja2 (sandboxed), with the grammar as filters.

A pattern is one clause in four fields, `subject | verb | middle | rest`, with an adverbial in front if need be
(`vid uppföljningen >> handläggaren | bedöma | | ...`). The verb is an infinitive, `:past` after it sets the past tense.
The grammar decides where the verb stands and which form it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import StrictUndefined, meta
from jinja2.sandbox import SandboxedEnvironment

from nlg.clauses import Clause, main_clause, subordinate_clause
from nlg.orthography import sentence
from nlg.verbs import Tense, present_tail, split_phrase, supine
from phrases.resources import hash_of, parse_yaml, yaml_files

_FOLDER: Final = Path(__file__).parent

_FIELD: Final = "\x1f"
"""Separates the fields of a rendered pattern; no value may hold it, since entries take printable text alone."""

_BAR: Final = re.compile(r" \|(?= |$)")

Providers = Mapping[str, Callable[[], object]]


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    environment.globals.clear()  # patterns need none, and every rendering would copy them
    environment.filters.update(
        main=main_clause,
        sub=subordinate_clause,
        supine=supine,
        head=lambda phrase: split_phrase(phrase)[0],
        present_tail=present_tail,
    )
    return environment


_ENVIRONMENT: Final = _environment()


_SLOT: Final = re.compile(r"\{\{ (\w+)(?:\|(\w+))? \}\}")


def _renderer(source: str) -> Callable[[Providers], str]:
    """What fills a pattern; of the values, only those it names are computed.

    Slots, with a filter or without, are joined straight: a template takes six times as long. All else is left to Jinja.
    """
    parts = _SLOT.split(source)  # text, name, filter, text, name, filter, ..., text
    if any("{" in text for text in parts[::3]):
        template = _ENVIRONMENT.from_string(source)
        needs = meta.find_undeclared_variables(_ENVIRONMENT.parse(source))
        return lambda providers: str(template.render({name: providers[name]() for name in needs}))
    slots = [
        (name, str if kind is None else _ENVIRONMENT.filters[kind], text)
        for name, kind, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]
    return lambda providers: (
        parts[0] + "".join(f"{filtered(providers[name]())}{text}" for name, filtered, text in slots)
    )


class Pattern:
    """One compiled pattern."""

    __slots__ = ("_render",)

    def __init__(self, source: str) -> None:
        front, _, core = source.rpartition(">>")
        fields = [field.strip() for field in _BAR.split(core)]
        self._render = _renderer(_FIELD.join([front.strip(), *fields]))

    def clause(self, providers: Providers, tense: Tense = Tense.PRESENT) -> Clause:
        """The clause that the pattern makes of these values; `tense` holds where the pattern does not set its own."""
        front, subject, verb, middle, rest = self._fields(providers)
        verb, _, own = verb.partition(":")
        return Clause(subject, verb, rest, (middle,) if middle else (), front, Tense(own) if own else tense)

    def sentence(self, providers: Providers) -> str:
        """The pattern as one sentence, with capital and full stop; a pattern without fields is taken as it is."""
        fields = self._fields(providers)
        return sentence(fields[1] if len(fields) == 2 else main_clause(self.clause(providers)))

    def phrase(self, providers: Providers) -> str:
        """A pattern without fields as it stands, no sentence made of it."""
        return self._fields(providers)[1]

    def _fields(self, providers: Providers) -> list[str]:
        return self._render(providers).split(_FIELD)


@lru_cache(maxsize=512)
def pattern(source: str) -> Pattern:
    """The compiled pattern of one line of the pattern files."""
    return Pattern(source)


@lru_cache(maxsize=8)
def load(name: str) -> Any:
    """One pattern file ("functioning", "activity"), read once."""
    return parse_yaml(_FOLDER / f"{name}.yaml")


@lru_cache(maxsize=1)
def patterns_version() -> str:
    """A short content hash of the pattern files."""
    return hash_of(yaml_files(_FOLDER), _FOLDER)
