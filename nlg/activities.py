"""Activities: action, target and status as sentences, with when, how long, how and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nlg.agreement import Gender, agree
from nlg.dates import minutes, month, number, when
from nlg.entries.activity import Cause, Occasions, PlannedActivity, Planning
from nlg.levels import Level
from nlg.messages import Message
from nlg.patterns import load, pattern
from nlg.person import Person
from nlg.plain_language import fits_easy
from nlg.slots import parse_frame, realise
from nlg.topics import sentence_of_matter
from nlg.wording import activity_terms, expand, item_frame, item_matter, support_frame
from phrases.bank import bank
from phrases.catalogue import Activity, Item

Providers = dict[str, Callable[[], object]]


def activity_message(entry: PlannedActivity, person: Person, level: Level, *, mentioned: bool = False) -> Message:
    """The sentences of an activity; `mentioned` says that the text has named the person."""
    speaker = _Speaker(entry, person, level, mentioned)
    patterns = load("activity")
    sources: list[str] = patterns[level.value][speaker.way][entry.status]
    told = [pattern(source).sentence(speaker.providers(first=not number)) for number, source in enumerate(sources)]
    place = _place_of_matter(sources)
    told[place:place] = speaker.matter()
    code = entry.activity.code
    terms = activity_terms(entry.activity)
    text = " ".join((*told, *speaker.details()))
    return Message(text, f"activity/{level.value}/{code}/{entry.status}", terms)


def occasions_message(entry: Occasions, person: Person, level: Level, *, mentioned: bool = False) -> Message:
    """Planned against done, summed up: "Personalen har hjälpt Anna att tvätta sig 3 av 4 gånger i mars 2026."."""
    planned = PlannedActivity(entry.activity, "40", Planning(performer=entry.performer))
    speaker = _Speaker(planned, person, level, mentioned)
    patterns = load("activity")["occasions"]
    values: Providers = {
        **speaker.providers(first=True),
        "done": lambda: entry.done,
        "total": lambda: entry.total,
        "differently": lambda: number(entry.differently),
        "month": lambda: month(entry.month),
    }
    told = [pattern(source).sentence(values) for source in patterns[level.value][speaker.way]]
    if entry.differently:
        told.append(pattern(patterns["differently"]).sentence(values))
    code = entry.activity.code
    counts = f"{entry.done}:{entry.differently}:{entry.total}"
    phrase_id = f"occasions/{level.value}/{code}/{entry.month:%Y-%m}/{counts}"
    return Message(" ".join((*told, *speaker.matter())), phrase_id, activity_terms(entry.activity))


def _place_of_matter(sources: list[str]) -> int:
    """Right behind the last sentence on what is done or given: "Personalen har gett NN stöd. Det handlar om ..."."""
    told = ("{{ vp", "{{ service")
    return max((number + 1 for number, source in enumerate(sources) if any(name in source for name in told)), default=0)


def _filled(source: str, name: str, value: str) -> str:
    """The sentence of a pattern that uses one name alone."""
    return pattern(source).sentence({name: lambda: value})


def _told_when(source: str, *parts: Planning) -> list[str]:
    """A sentence for each part that says when."""
    return [_filled(source, "when", text) for part in parts if (text := when(part))]


def _indefinite(gender: str, noun: str) -> str:
    return f"{gender} {noun}".strip()


class _Speaker:
    """What each name in a pattern stands for, for one entry, person and level."""

    __slots__ = ("_action", "_entry", "_level", "_mentioned", "_patterns", "_person", "way")

    def __init__(self, entry: PlannedActivity, person: Person, level: Level, mentioned: bool) -> None:
        self._entry, self._person, self._level, self._mentioned = entry, person, level, mentioned
        self._patterns: Any = load("activity")
        self._action: Any = (
            self._patterns["actions"][entry.activity.action] if isinstance(entry.activity, Activity) else None
        )
        self.way = self._find_way()

    def _find_way(self) -> str:
        """support or event for an activity (the table `actions`); administrative or service for the other codes."""
        activity = self._entry.activity
        if isinstance(activity, Item):
            return "administrative" if activity.code.startswith("X") else "service"
        return str(self._action["way"])

    def providers(self, *, first: bool) -> Providers:
        """The values of the names; in later sentences of level journal and plain the person is already named."""
        named = self._mentioned or (not first and self._level is not Level.EASY)
        return {
            "person": lambda: self._person.subject(mentioned=named),
            "own": lambda: self._person.forms.own.common,
            "agent": self._agent,
            "support": lambda: realise(parse_frame(support_frame(self._entry.activity.code), True), self._person),
            "event": lambda: self._event("journal", bound=False, mentioned=named),
            "event_own": lambda: self._event("own", bound=True, mentioned=True),
            "planned": lambda: agree("planerad", Gender(self._action["gender"])),
            "vp": lambda: self._verb_phrase(named),
            "vp_after": lambda: self._verb_phrase(True),
            "service": self._service,
        }

    def _agent(self) -> str:
        if self._entry.planning.performer:
            return self._entry.planning.performer
        agents = self._patterns["agents"]
        kind = "administrative" if self._action is None else self._action.get("agent", self._action["way"])
        if isinstance(self._entry.activity, Item) and self._entry.activity.parent in agents:
            kind = self._entry.activity.parent
        return str(agents[kind][self._person.address.value])

    def _provider(self) -> str:
        """Who gives it: the agent, but for a service, which the social services decide on and the staff give."""
        if self.way == "service" and not self._entry.planning.performer:
            return str(self._patterns["agents"]["support"][self._person.address.value])
        return self._agent()

    def _activity(self) -> Activity:
        assert isinstance(self._entry.activity, Activity)
        return self._entry.activity

    def _event(self, variant: str, *, bound: bool, mentioned: bool) -> str:
        template = self._action.get(variant, self._action["journal"])
        frame = parse_frame(expand(template, self._activity().target, "journal"), bound)
        return _indefinite(self._article(), realise(frame, self._person, mentioned=mentioned))

    def _article(self) -> str:
        return str(self._action.get("article", self._action["gender"]))

    def _verb_phrase(self, mentioned: bool) -> str:
        activity = self._entry.activity
        if isinstance(activity, Item):
            frame = parse_frame(item_frame(activity, self._level.value), False)
            return realise(frame, self._person, mentioned=mentioned)
        frame = parse_frame(expand(self._action[self._level.value], activity.target, self._level.value), False)
        return realise(frame, self._person, mentioned=mentioned)

    def _service(self) -> str:
        assert isinstance(self._entry.activity, Item)
        frame = item_frame(self._entry.activity, self._level.value)
        name = realise(parse_frame(frame, True), self._person)
        named = self._entry.activity.code in bank().items
        return name if named else str(self._patterns["service_name"]).replace("{{ title }}", name)

    def matter(self) -> list[str]:
        """At level easy: what it is about, as a sentence of its own."""
        return sentence_of_matter(self._matter_frame(), self._person) if self._level is Level.EASY else []

    def _matter_frame(self) -> str:
        activity = self._entry.activity
        if isinstance(activity, Item):
            return item_matter(activity)
        return expand(self._action["matter"], activity.target, "easy") if "matter" in self._action else ""

    # --- details

    def details(self) -> list[str]:
        """When, how long, by whom, how, and why it was not done, each a sentence."""
        planning = self._entry.planning
        time = self._patterns["times"][self._entry.status]
        happening = self._patterns["happening"]["past" if time == "ended" and planning.on else time]
        sentences: list[str] = []
        if planning.not_done_because is not None:
            sentences.append(self._cause(planning.not_done_because))
        sentences += self._when(happening["when"])
        if planning.minutes is not None:
            length = minutes(planning.minutes, repeated=bool(planning.frequency or planning.weekdays or planning.weeks))
            sentences.append(_filled(happening["minutes"], "minutes", length))
        if planning.performer and (self._level is Level.JOURNAL or self.way == "service"):
            sentences.append(_filled(happening["performer"], "performer", planning.performer))
        if planning.how:
            sentences.append(_filled(happening["how"], "how", planning.how))
        return sentences

    def _when(self, source: str) -> list[str]:
        """When it happens; level easy tells how often apart from which days, and breaks up what is still too long."""
        planning = self._entry.planning
        if self._level is not Level.EASY:
            return _told_when(source, planning)
        often, rest = Planning(frequency=planning.frequency), replace(planning, frequency=None)
        told = _told_when(source, often, rest)
        if all(map(fits_easy, told)):
            return told
        days, weeks = Planning(on=planning.on, weekdays=planning.weekdays), Planning(weeks=planning.weeks)
        return _told_when(source, often, days, weeks, Planning(part_of_day=planning.part_of_day))

    def _cause(self, cause: Cause) -> str:
        causes = self._patterns["causes_of_change" if self._entry.status == "45" else "causes"]
        source = causes[self._level.value][cause.value]
        named = self._level is not Level.EASY
        return pattern(source).sentence(
            {
                "person": lambda: self._person.subject(mentioned=named),
                "person_object": lambda: self._person.object(mentioned=named),
                "provider": self._provider,
            }
        )
