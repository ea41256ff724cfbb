"""The catalogue: every KSI 2025 code, the ICF 2025 categories we carry, and how they belong together.

Codes, official terms and relations are Socialstyrelsen's facts (KSI 2025 v1.0, ICF 2025 v1.1). The titles of the
activities are composed from action, preposition and topic; `data/ksi/titles.yaml` lists what departs from the rule.
Descriptions are not here: the importer puts them in the user's own data directory.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from phrases.codes import parse_icf, parse_ksi
from phrases.errors import InputError
from phrases.outline import read_outline
from phrases.resources import read_yaml, version_of

__all__ = [
    "Action",
    "Activity",
    "Catalogue",
    "Category",
    "Item",
    "Level",
    "Residual",
    "Selection",
    "Status",
    "Target",
    "TitleParts",
    "catalogue",
    "relation_covers",
]

Level = Literal["chapter", "block", "second", "third", "fourth"]
Residual = Literal["", "specified", "unspecified", "specified and unspecified"]


@dataclass(frozen=True, slots=True)
class Target:
    """What an activity is about (inriktning): "SOG", "Att städa bostaden".

    `level` is KSI's own: 1 chapter, 2 block, 3 and 4 narrower. `parent` is the nearest wider target ("" for none),
    `chapter` the code range it stands under ("SN-SP"). `icf` holds the related category or interval: ("d6402",),
    ("d210-d220",) or ().
    """

    code: str
    term: str
    level: int
    parent: str
    chapter: str
    icf: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What the staff do (agerande): "RB", "Praktiskt stöd".

    `group` is the official group of actions; `words`, `preposition` and `tail` make the titles of activities.
    """

    code: str
    term: str
    group: str
    words: str
    preposition: str
    tail: str

    @property
    def is_investigating(self) -> bool:
        """Whether it finds out or follows up what somebody needs; the others support."""
        return self.code.startswith("A")


@dataclass(frozen=True, slots=True)
class Activity:
    """A target with an action: "SOG.RB.ZZ", "Praktiskt stöd i att städa bostaden"."""

    code: str
    target: str
    action: str
    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """A legal or administrative activity (XA) or a service in official statistics (YA); `parent` is its group."""

    code: str
    title: str
    parent: str


@dataclass(frozen=True, slots=True)
class Status:
    """An aktivitetsstatus: "40", "genomförd"."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Category:
    """An ICF category.

    `parent` is the nearest wider category ("" for a chapter). `residual` is "" for a category of its own, else which of
    "annat specificerat" and "ospecificerat" it stands for.
    """

    code: str
    term: str
    parent: str
    level: Level
    residual: Residual


@dataclass(frozen=True, slots=True)
class Selection:
    """An official selection (urval): its name, what it is for, and the codes in it."""

    name: str
    title: str
    codes: frozenset[str]


class TitleParts(NamedTuple):
    """The parts of an activity's title: "Praktiskt stöd", "i", "att städa bostaden".

    An empty preposition means that a comma stands between action and topic ("Bedömning, ospecificerad inriktning").
    """

    words: str
    preposition: str
    topic: str


class Catalogue:
    """Every code system we carry. Get it with `catalogue()`; its mappings are read-only, in the official order."""

    def __init__(self) -> None:
        self.version: str = f"KSI 2025 v1.0, ICF 2025 v1.1, {version_of('ksi', 'icf')}"
        chapters = read_yaml("ksi/targets.yaml")
        self.chapters: Mapping[str, str] = MappingProxyType(
            {code: chapter["title"] for code, chapter in chapters.items()}
        )
        self.targets: Mapping[str, Target] = MappingProxyType(_targets(chapters))
        self.actions: Mapping[str, Action] = MappingProxyType(_actions(read_yaml("ksi/actions.yaml")))
        self._actions_of = {target: tuple(line.split()) for target, line in read_outline("ksi/activities.yaml").items()}
        self._titles = _Titles(self.targets, self.actions, read_yaml("ksi/titles.yaml"))
        self.activities: Mapping[str, Activity] = MappingProxyType(
            {
                f"{target}.{action}.ZZ": Activity(
                    f"{target}.{action}.ZZ",
                    target,
                    action,
                    self._titles.title(target, action),
                )
                for target, actions in self._actions_of.items()
                for action in actions
            }
        )
        administrative, statistical = read_outline("ksi/administrative.yaml"), read_outline("ksi/statistical.yaml")
        self.administrative: Mapping[str, Item] = MappingProxyType(_items(administrative))
        self.statistical: Mapping[str, Item] = MappingProxyType(_items(statistical))
        self.groups: Mapping[str, Item] = MappingProxyType(
            {
                code: Item(code, group["title"], code[:2])
                for groups in (administrative, statistical)
                for code, group in groups.items()
            }
        )
        self.statuses: Mapping[str, Status] = MappingProxyType(
            {code: Status(code, title) for code, title in read_outline("ksi/statuses.yaml").items()}
        )

    # --- KSI

    def actions_of(self, target: str) -> tuple[str, ...]:
        """The actions that exist for a target, in the order of their codes. InputError for an unknown target."""
        known = self._actions_of.get(target)
        return self._actions_of[self.target(target).code] if known is None else known

    def target(self, code: str, *, field: str = "target") -> Target:
        """The target with this code in any writing. InputError if there is none."""
        target = self.targets.get(parse_ksi(code, allow_target=True, field=field))
        if target is None:
            raise InputError(
                field, "Inriktningen finns inte i KSI 2025.", "There is no such target in KSI 2025.", self._near(code)
            )
        return target

    def ksi(self, code: str, *, field: str = "ksi") -> Activity | Item:
        """The activity, administrative code or statistical service with this code in any customary writing.

        InputError when the target is unknown, or the action does not exist for it: then `allowed` lists those that do.
        """
        canonical = parse_ksi(code, field=field)
        with_group = canonical.removesuffix("ZZ") + "00"  # "YAA.05" is the group YAA.05.00
        for codes in (self.activities, self.administrative, self.statistical):
            known = codes.get(canonical) or codes.get(with_group)
            if known is not None:
                return known
        target = canonical[:3]
        if target in self._actions_of:
            raise InputError(
                field,
                f"Det agerandet finns inte för inriktningen {target} i KSI 2025.",
                f"That action does not exist for the target {target} in KSI 2025.",
                [f"{target}.{action}.ZZ" for action in self._actions_of[target]],
            )
        raise InputError(
            field, "Koden finns inte i KSI 2025.", "There is no such code in KSI 2025.", self._near(canonical)
        )

    def _near(self, code: str) -> list[str]:
        """Codes that share the most leading characters with one that does not exist."""
        wanted = code.strip().upper()
        pool = [*self.administrative, *self.statistical] if wanted[:1] in "XY" else list(self.targets)
        return _sharing_start(wanted, pool)

    def title_parts(self, code: str) -> TitleParts:
        """Action words, preposition and topic of an activity's title. InputError for XA and YA: theirs are whole."""
        activity = self._activity(code)
        return self._titles.parts(activity.target, activity.action)

    def _activity(self, code: str) -> Activity:
        activity = self.ksi(code)
        if isinstance(activity, Item):
            raise InputError(
                "ksi",
                "Bara koder med inriktning och agerande har sammansatta titlar.",
                "Only codes with target and action have composed titles.",
            )
        return activity

    def block_of(self, target: str) -> str:
        """The target of the block ("SO2") or, where no block stands above, of the chapter ("SM1") that holds a target.

        A block or chapter that is asked for gives the next wider one; what has nothing wider gives itself.
        """
        known = self.target(target)
        wider = self.targets[known.parent or known.code]
        while wider.level > 2 and wider.parent:
            wider = self.targets[wider.parent]
        return wider.code

    # --- ICF

    @cached_property
    def icf(self) -> Mapping[str, Category]:
        """The ICF categories: all of d, e and b1; of b and s chapters, blocks, second level and national additions."""
        terms = {code: term for component in "bsde" for code, term in read_outline(f"icf/{component}.yaml").items()}
        return MappingProxyType({category.code: category for category in _categories(terms)})

    def icf_category(self, code: str, *, field: str = "icf") -> Category:
        """The category with this code in any writing, qualifiers disregarded. InputError if we carry none."""
        canonical = parse_icf(code, field=field).code
        category = self.icf.get(canonical)
        if category is None:
            raise InputError(
                field,
                "Kategorin finns inte i ICF 2025 eller ingår inte här.",
                "There is no such category in ICF 2025, or it is not carried here.",
                _sharing_start(canonical, self.icf),
            )
        return category

    @cached_property
    def _relations(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
        # The same rule as relation_covers, with the ends of all categories taken once.
        ends = [(*_ends(code), code) for code in self.icf]
        of_target = {
            target.code: tuple(code for relation in target.icf for code in _covered(relation, ends))
            for target in self.targets.values()
        }
        of_category: dict[str, list[str]] = {code: [] for code in self.icf}
        for target in sorted(of_target, key=lambda code: len(of_target[code])):  # the narrowest first
            for category in of_target[target]:
                of_category[category].append(target)
        return of_target, {code: tuple(targets) for code, targets in of_category.items()}

    def icf_for_target(self, target: str) -> tuple[str, ...]:
        """Every category a target relates to, the named one first; what lies inside a code or interval belongs."""
        return self._relations[0][self.target(target).code]

    def targets_for_icf(self, code: str) -> tuple[str, ...]:
        """Every target that relates to a category, the narrowest first: d6402 gives SOG, SOD, SO2, SN1."""
        return self._relations[1][self.icf_category(code).code]

    # --- selections

    @cached_property
    def _selections(self) -> Mapping[str, Selection]:
        return {
            name: Selection(
                name,
                data["title"],
                frozenset(
                    f"{first}.{rest}" if "." in rest else f"{first}.{rest}.ZZ"
                    for first, line in data["codes"].items()
                    for rest in line.split()
                ),
            )
            for name, data in read_outline("ksi/selections.yaml").items()
        }

    @cached_property
    def selections(self) -> Mapping[str, frozenset[str]]:
        """The nine official selections: the codes in each."""
        return MappingProxyType({name: found.codes for name, found in self._selections.items() if name != _UNPLACED})

    @cached_property
    def selection_titles(self) -> Mapping[str, str]:
        """What each selection is for, in words."""
        return MappingProxyType({name: found.title for name, found in self._selections.items() if name != _UNPLACED})

    @cached_property
    def unplaced(self) -> frozenset[str]:
        """Codes on which the selections say neither yes nor no: all of TAQ and YA, some XA, a few more."""
        return self._selections[_UNPLACED].codes | self.statistical.keys()


_UNPLACED: Final = "unplaced"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    return Catalogue()


# --- reading -----------------------------------------------------------------------------------------------------


_Row: TypeAlias = tuple[str, int, str, tuple[str, ...]]
"""Term, level, chapter and ICF of a target."""


def _targets(chapters: Mapping[str, Any]) -> dict[str, Target]:
    rows = {
        code: (term, level, chapter, tuple(icf))
        for chapter, content in chapters.items()
        for code, (term, level, *icf) in content["targets"].items()
    }
    relations = {code: icf[0] for code, (_, _, _, icf) in rows.items() if icf}
    return {
        code: Target(code, term, level, _parent_of_target(code, rows, relations), chapter, icf)
        for code, (term, level, chapter, icf) in rows.items()
    }


def _parent_of_target(code: str, rows: Mapping[str, _Row], relations: Mapping[str, str]) -> str:
    """The nearest wider target of the same chapter: by ICF where both have a relation, else the block, the chapter."""
    _, level, chapter, _ = rows[code]
    wider = [other for other, row in rows.items() if row[2] == chapter and row[1] < level]
    if code in relations:
        holding = [
            other for other in wider if other in relations and relation_covers(relations[other], relations[code])
        ]
        return max(holding, key=lambda other: rows[other][1], default="")
    blocks = [other for other in wider if other == f"{code[:2]}2"]
    return next(iter(blocks + wider), "")


def _actions(data: Mapping[str, Any]) -> dict[str, Action]:
    return {
        code: Action(
            code,
            row["term"],
            data["groups"][row["group"]],
            row.get("words", row["term"]),
            row["preposition"],
            row.get("tail", ""),
        )
        for code, row in data["actions"].items()
    }


def _items(groups: Mapping[str, Any]) -> dict[str, Item]:
    return {
        f"{group}.{rest}": Item(f"{group}.{rest}", title, group)
        for group, content in groups.items()
        for rest, title in content["codes"].items()
    }


def _by_action(table: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """{target: {text: "PH RB"}} as {(target, action): text}."""
    return {
        (target, action): text
        for target, texts in table.items()
        for text, actions in texts.items()
        for action in actions.split()
    }


class _Titles:
    """How titles are composed: the rule, and the tables of what departs from it."""

    def __init__(self, targets: Mapping[str, Target], actions: Mapping[str, Action], data: Mapping[str, Any]) -> None:
        self._actions = actions
        self._topics = {code: _lower_first(target.term) for code, target in targets.items()} | data["topics"]
        self._topics_for_actions = _by_action(data["topics_for_actions"])
        self._prepositions = _by_action(data["prepositions"])
        self._words = _by_action(data["words"])
        self._apart = frozenset(data["apart"])

    def parts(self, target: str, action: str) -> TitleParts:
        key = (target, action)
        usual = self._actions[action]
        return TitleParts(
            self._words.get(key, usual.words),
            "" if target in self._apart else self._prepositions.get(key, usual.preposition),
            self._topics_for_actions.get(key, self._topics[target]),
        )

    def title(self, target: str, action: str) -> str:
        words, preposition, topic = self.parts(target, action)
        return f"{words} {preposition} {topic}{self._actions[action].tail}" if preposition else f"{words}, {topic}"


def _lower_first(term: str) -> str:
    return term[0].lower() + term[1:]


def _sharing_start(wanted: str, pool: Iterable[str]) -> list[str]:
    """The codes of the pool that begin like the wanted one, as far as any does; at most twenty."""
    codes = list(pool)
    for length in range(len(wanted), 1, -1):
        near = [code for code in codes if code.startswith(wanted[:length])]
        if near:
            return near[:20]
    return []


# --- ICF codes ---------------------------------------------------------------------------------------------------

_BLOCK: Final = re.compile(r"([bsde]\d{3})-([bsde]\d{3})")
_LEVELS: Final[Mapping[int, Level]] = {2: "chapter", 4: "second", 5: "third", 6: "fourth"}


def relation_covers(relation: str, code: str) -> bool:
    """Whether a relation (category or interval) covers a category, or another interval.

    A category covers what is written with it in front; an interval whatever lies in it; a residual category
    ("annat specificerat") only itself, since the national additions beneath it are other things.
    """
    return bool(_covered(relation, [(*_ends(code), code)]))


def _covered(relation: str, ends: Iterable[tuple[str, str, str]]) -> list[str]:
    """The categories, given with the ends they span, that a relation covers: the one it names first."""
    low, high = _ends(relation)
    if low == high and len(low) > 3 and low[-1] in "89":  # a chapter, d8, is no residual
        return [code for _, _, code in ends if code == relation]
    beyond = f"{high}~"  # after every code that begins with `high`
    covered = [code for first, last, code in ends if low <= first and last <= beyond]
    return sorted(covered, key=lambda code: code != relation)


def _ends(code: str) -> tuple[str, str]:
    low, _, high = code.partition("-")
    return low, high or low


def _categories(terms: Mapping[str, str]) -> Iterator[Category]:
    blocks = [_ends(code) for code in terms if _BLOCK.fullmatch(code)]
    for code, term in terms.items():
        block = "-" in code
        yield Category(
            code,
            term,
            code[:2] if block else _parent_of_category(code, blocks),
            "block" if block else _LEVELS[len(code)],
            "" if block else _residual(code, term),
        )


def _parent_of_category(code: str, blocks: list[tuple[str, str]]) -> str:
    if len(code) == 2:
        return ""
    if len(code) > 4:
        return code[:-1]
    return next((f"{low}-{high}" for low, high in blocks if low <= code <= high), code[:2])


def _residual(code: str, term: str) -> Residual:
    """What a category stands for beside its named sisters: last digit 8 or 9, as the whole of ICF is numbered."""
    if len(code) == 2 or code[-1] not in "89":
        return ""
    if code[-1] == "8":
        return "specified"
    return "specified and unspecified" if " specificera" in term else "unspecified"
