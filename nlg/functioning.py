"""Statements about functioning: grade, moment, source and construct as sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from nlg.agreement import Gender, indefinite
from nlg.clauses import Clause, main_clause
from nlg.dates import long_date
from nlg.entries.functioning import Functioning, Goal, Grade, Moment, Source
from nlg.levels import Level
from nlg.messages import Message
from nlg.orthography import sentence
from nlg.patterns import load, pattern
from nlg.person import Person
from nlg.plain_language import fits_easy
from nlg.slots import mentions_person
from nlg.sources import adverbial, sentence_of_source
from nlg.sources import providers as source_providers
from nlg.topics import activity, component, topic
from nlg.verbs import Tense, finite
from nlg.wording import category_wording
from phrases.catalogue import Category
from phrases.resources import read_yaml

KINDS: Final = {
    0: "none",
    1: "graded",
    2: "graded",
    3: "graded",
    4: "complete",
    8: "unspecified",
    9: "not_applicable",
}
"""How each qualifier is told; the keys of the pattern file."""

Providers = dict[str, Callable[[], object]]


def functioning_message(
    entries: Sequence[Functioning], person: Person, level: Level, *, mentioned: bool = False
) -> Message:
    """The sentences of one statement, or of several that differ in their category alone.

    Takes entries with the same grades, moment, source and date; `mentioned` says that the text has named the person.
    """
    first = entries[0]
    wordings = [category_wording(entry.category.code, level.value) for entry in entries]
    categories = tuple(entry.category for entry in entries)
    sentences: list[str] = []
    rest = sentences_of_rest([wording.residual for wording in wordings], level)
    for number, grade in enumerate(first.grades):
        statement = _Statement(first, grade, categories, person, level, mentioned)
        sentences += statement.sentences(rest if level is Level.EASY and not number else [])
        mentioned = mentioned or level is not Level.EASY
    if level is not Level.EASY:
        sentences += rest
    return Message(
        " ".join(sentences),
        _phrase_id(entries, level),
        tuple(dict.fromkeys(term for wording in wordings for term in wording.terms)),
    )


def sentences_of_rest(residuals: Sequence[str], level: Level) -> list[str]:
    """What kind of rest a residual category stands for: "Det är inte specificerat vilken del det gäller."."""
    kinds = dict.fromkeys(residual for residual in residuals if residual)
    return [pattern(_patterns()["residuals"][kind][level.value]).sentence({}) for kind in kinds]


def _phrase_id(entries: Sequence[Functioning], level: Level) -> str:
    first = entries[0]
    codes = ",".join(entry.category.code for entry in entries)
    grades = ",".join(f"{grade.construct.value}:{grade.qualifier}" for grade in first.grades)
    moment = first.moment.value if first.moment is not Moment.INTENDED else f"intended:{first.goal.value}"
    source = first.source.value if first.source else "unsaid"
    return f"functioning/{level.value}/{codes}/{moment}/{grades}/{source}"


def _patterns() -> Any:
    return load("functioning")


@lru_cache(maxsize=1)
def _grade_words() -> Any:
    return read_yaml("grades.yaml")


@lru_cache(maxsize=128)
def degree(component: str, qualifier: int, level: Level) -> str:
    """The grade in words, "en måttlig svårighet" or "ganska svårt"; "" where a sentence of its own tells it."""
    table = _grade_words()
    word: str = table[level.value][component].get(qualifier, "")
    if level is not Level.JOURNAL or not word:
        return word
    noun = table["nouns"].get(component)
    if noun is None:
        return word
    return indefinite(noun["noun"], Gender(noun["gender"]), word)


@dataclass(frozen=True, slots=True)
class _Statement:
    """One grade of one entry, or of several entries that differ in their category alone."""

    entry: Functioning
    grade: Grade
    categories: tuple[Category, ...]
    person: Person
    level: Level
    mentioned: bool

    @property
    def component(self) -> str:
        return component(self.categories[0])

    @property
    def kind(self) -> str:
        kind = KINDS[self.grade.qualifier]
        sourced = kind == "unspecified" and self.entry.source is not None and not self.intended
        return "unspecified_sourced" if sourced else kind

    @property
    def intended(self) -> bool:
        return self.entry.moment is Moment.INTENDED

    @property
    def stated(self) -> bool:
        """True where a grade is told; 8 and 9 tell that there is none."""
        return self.kind in {"none", "graded", "complete"}

    @property
    def _accepted(self) -> bool:
        """True for a goal that sets no limit: the grade 4 is accepted, nothing is aimed at."""
        return self.intended and self.kind == "complete" and self.entry.goal is Goal.CHANGE

    @property
    def _factor_is_subject(self) -> bool:
        """True for "frågan om Annas minne är inte aktuell för henne enligt handläggaren": the rest stands far off."""
        return self.kind == "not_applicable" and self.component == "b" and self.level is not Level.EASY

    @property
    def _topic_names_person(self) -> bool:
        frames = (category_wording(category.code, self.level.value).frame for category in self.categories)
        return self._factor_is_subject and any(mentions_person(frame) for frame in frames)

    @property
    def reported(self) -> bool:
        """True where the source is the subject of a clause of its own: "Handläggaren bedömer att ..."."""
        return self.level is Level.PLAIN and self.stated and self.entry.source is not None and not self.intended

    @property
    def source_names_person(self) -> bool:
        return self.entry.source is Source.PERSON and (self.reported or self.kind == "unspecified_sourced")

    def sentences(self, rest: Sequence[str] = ()) -> list[str]:
        """The sentences of the grade; level easy puts those on a residual category right behind what they concern."""
        if self.level is Level.EASY:
            return self._easy_sentences(rest)
        wrapper = pattern(_patterns()["wrappers"][self._wrapper()])
        core = self._placed(self._core())
        values: Providers = {**self._source(), "core": lambda: core, "said": self._said}
        told = [wrapper.sentence({**values, "until": lambda: self._dated("until")})]
        if self._wrapper() == "kept":
            told.append(sentence(main_clause(core.fronted(_patterns()["wrappers"]["now"]))))
        return told

    def _easy_sentences(self, rest: Sequence[str]) -> list[str]:
        """One thought a sentence: what kind of statement, the statement, what belongs to it, who says so."""
        words = _patterns()["easy"]
        told = self._easy_core()
        follow_up = self.entry.moment is Moment.FOLLOW_UP
        if (self.intended and self.stated) or follow_up:
            kind = "follow_up" if follow_up else "accepted" if self._accepted else self.entry.goal.value
            told.insert(0, pattern(words[kind]).sentence({}))
        construct = _patterns()["constructs"][self.grade.construct.value]
        values: Providers = {
            "past": lambda: ":past" if follow_up else "",
            "construct": lambda: construct,
            "topic": self._topic,
            "be": lambda: finite("vara", self._tense),
        }
        if not self.stated:
            told.append(pattern(words["topic"][self.component]).sentence(values))
        told += rest
        if construct:
            told.append(pattern(words["construct" if self.stated else "topic_construct"]).sentence(values))
        if self.entry.by is not None:
            day = long_date(self.entry.by)
            name = "keep_by" if self.entry.goal is Goal.KEEP or not self.stated else "by"
            told.append(pattern(words[name]).sentence({"date": lambda: day}))
        if self.kind != "unspecified_sourced":
            told += sentence_of_source(self.entry.source, self.person, self.level, past=follow_up)
        return told

    def _easy_core(self) -> list[str]:
        """The core in one sentence, or in two where one would be too long."""
        whole = sentence(main_clause(self._core()))
        apart = self._cores().get(f"{self.kind}_apart", ())
        if not apart or fits_easy(whole):
            return [whole]
        return [sentence(main_clause(pattern(source).clause(self._values(), self._tense))) for source in apart]

    def _wrapper(self) -> str:
        if self._accepted:
            return "accepted"
        if self.intended and self.stated:
            return "kept" if self.entry.goal is Goal.KEEP and self.level is Level.PLAIN else "goal"
        if not self.reported:
            return "told"
        return "reported_at_follow_up" if self.entry.moment is Moment.FOLLOW_UP else "reported"

    # --- the core clause

    def _core(self) -> Clause:
        cores = self._cores()
        kind = self.kind
        if f"{kind}_klara" in cores and activity(self.categories, self.person, self.level).startswith("klara "):
            kind = f"{kind}_klara"
        return pattern(cores[kind]).clause(self._values(), self._tense)

    def _cores(self) -> Any:
        if self.intended and not self.stated:
            return _patterns()["goals"][self.level.value]
        return _patterns()["cores"][self.level.value][self.component]

    @property
    def _tense(self) -> Tense:
        return Tense.PAST if self.entry.moment is Moment.FOLLOW_UP else Tense.PRESENT

    def _values(self) -> Providers:
        mentioned = self.mentioned or self.source_names_person
        construct = _patterns()["constructs"][self.grade.construct.value]
        return {
            **self._source(),
            "person": lambda: self.person.subject(mentioned=mentioned),
            "person_object": lambda: self.person.object(mentioned=mentioned or self._topic_names_person),
            "activity": lambda: activity(self.categories, self.person, self.level),
            "activity_so": lambda: f"{construct} {activity(self.categories, self.person, self.level)}".lstrip(),
            "activity_free": lambda: activity(
                self.categories, self.person, self.level, bound=False, mentioned=mentioned
            ),
            "has": lambda: f"{construct} {finite('ha', self._tense)}".lstrip(),
            "be": lambda: finite("vara", self._tense),
            "topic": self._topic,
            "limit": self._limit,
            "until_date": lambda: self._dated("until_date"),
            "degree": lambda: degree(self.component, self.grade.qualifier, self.level),
        }

    # --- time, construct and source as adverbials

    def _placed(self, core: Clause) -> Clause:
        construct = _patterns()["constructs"][self.grade.construct.value]
        if self.intended and self.stated:
            return core.with_middle(self._goal_time(), self._limit(), construct)
        said = self._said()
        if self.intended:
            return core.with_middle(construct, said)
        if not self.stated:  # the core says it: "hur svårt NN utan hjälp har att ..."
            construct = ""
        if self._factor_is_subject:
            core, said = replace(core, rest=f"{core.rest} {said}".rstrip()), ""
        if self.reported:
            return core.with_middle(construct)
        if self.entry.moment is Moment.FOLLOW_UP:
            return core.with_middle(construct, said).fronted(_patterns()["times"]["follow_up"])
        return core.with_middle(said).fronted(construct)

    def _topic(self) -> str:
        return topic(self.categories[0], self.person, self.level, bound=False)

    def _goal_time(self) -> str:
        kept = self.entry.goal is Goal.KEEP
        if kept and self.level is not Level.JOURNAL:
            return ""
        if self.entry.by is None:
            return str(_patterns()["times"]["keep"]) if kept else ""
        if self._accepted:
            return self._dated("accepted_by")
        return self._dated("keep_by" if kept else "by")

    def _dated(self, name: str) -> str:
        """One of the time phrases with the date in it; empty without a date."""
        return str(_patterns()["times"][name]).replace("{{ date }}", long_date(self.entry.by)) if self.entry.by else ""

    def _limit(self) -> str:
        if not self.intended or self.entry.goal is Goal.KEEP:
            return ""
        return str(_patterns()["goal_limits"][self.level.value].get(self.grade.qualifier, ""))

    def _said(self) -> str:
        """The source as an adverbial, where no clause or sentence of its own tells it."""
        if self.kind == "unspecified_sourced":
            return ""
        aside = self.level is Level.JOURNAL or self.intended or not self.stated
        return adverbial(self.entry.source) if aside else ""

    def _source(self) -> Providers:
        return source_providers(self.entry.source, self.person, mentioned=self.mentioned)
