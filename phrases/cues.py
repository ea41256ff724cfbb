"""Context cues: words that say what was done, how it went and who did it (`phrases/data/cues/*.yaml`), and their
engine.

After medspaCy and pyConText the rules are data. A category says what its cues mean (an axis and the codes or word
for it); a rule is a literal with a direction, a scope and, if it holds for some only, targets:

    refused:
      axis: status
      values: ["50"]
      direction: both
      scope: 6
      literals: [ville inte, vägra*, {literal: nej tack, direction: backward}]

Literals are lower case; `*` stands for any letters, `..` for up to three other words. Directions: forward and
backward (the words after or before the cue), both, `terminate` (stops the scope of all other cues) and `pseudo`
(looks like cues of its category, but is none where it stands: "ville inte sluta").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from phrases.literals import MAX_GAP, FirstWords, first_fit
from phrases.resources import DATA, DataError, hash_of, parse_yaml, yaml_files

CUES: Final = DATA / "cues"
GAP: Final = ".."


class Axis(StrEnum):
    """What a cue speaks about: the kind of acting, the status, who did it, or that there is no activity."""

    ACTION = "action"
    STATUS = "status"
    WHO = "who"
    NONE = "none"


class Direction(StrEnum):
    """Where the words lie that a cue speaks about."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    TERMINATE = "terminate"
    PSEUDO = "pseudo"


@dataclass(frozen=True, slots=True)
class Category:
    """What the cues of one name mean; `values` are codes on the axes action and status, words on the others, best
    first.
    """

    name: str
    axis: Axis
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue."""

    category: Category
    parts: tuple[str, ...]
    direction: Direction
    scope: int
    targets: frozenset[str] = frozenset()

    @property
    def literal(self) -> str:
        """The cue as it stands in the file."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue found in a row of words: it stands on first..last and speaks about the words reach_first..reach_last."""

    rule: Rule
    first: int
    last: int
    reach_first: int
    reach_last: int

    @property
    def category(self) -> Category:
        return self.rule.category

    def reaches(self, first: int, last: int, target: str | None = None) -> bool:
        """Whether the cue speaks about any of the words first..last (and about that target, if one is named)."""
        if target is not None and self.rule.targets and target not in self.rule.targets:
            return False
        return self.reach_first <= last and first <= self.reach_last


class Cues:
    """All rules, indexed by the first word of their literals."""

    def __init__(self, rules: Iterable[Rule], version: str) -> None:
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.version = version
        self.categories: dict[str, Category] = {rule.category.name: rule.category for rule in self.rules}
        self._first = FirstWords((rule.parts[0], rule) for rule in self.rules)

    def marks(self, words: Sequence[str], at: int = 0) -> list[Mark]:
        """The cues in a row of lower-case words (one sentence), each with the words it speaks about; positions
        count from `at`.

        Where two cues of one category lie in each other the longer one stays; a pseudo cue removes what lies in it; a
        terminating cue cuts every scope that crosses it.
        """
        found = [
            (first, last, rule)
            for first, word in enumerate(words)
            for rule in self._first.fitting(word)
            if (last := _match(rule.parts, words, first)) >= 0
        ]
        stops = [(first, last) for first, last, rule in found if rule.direction is Direction.TERMINATE]
        kept = []
        for first, last, rule in found:
            if rule.direction in _SILENT or any(_covers(other, (first, last, rule)) for other in found):
                continue
            reach_first, reach_last = _reach(rule, first, last, len(words), stops)
            kept.append(Mark(rule, at + first, at + last, at + reach_first, at + reach_last))
        return kept

    def vocabulary(self) -> frozenset[str]:
        """Every word that stands in a literal in full."""
        return frozenset(part for rule in self.rules for part in rule.parts if "*" not in part and part != GAP)


def _match(parts: Sequence[str], words: Sequence[str], first: int) -> int:
    at = first
    gap = False
    for part in parts[1:]:
        if part == GAP:
            gap = True
            continue
        found = first_fit(part, words, at + 1, MAX_GAP if gap else 0)
        if found < 0:
            return -1
        at, gap = found, False
    return at


_SILENT: Final = frozenset((Direction.PSEUDO, Direction.TERMINATE))


def _covers(longer: tuple[int, int, Rule], other: tuple[int, int, Rule]) -> bool:
    """Whether a cue takes another of its category away: a longer one around it, or a pseudo cue."""
    (first, last, rule), (other_first, other_last, other_rule) = longer, other
    return (
        rule.category.name == other_rule.category.name
        and first <= other_first
        and other_last <= last
        and (rule.direction is Direction.PSEUDO or last - first > other_last - other_first)
    )


def _reach(rule: Rule, first: int, last: int, length: int, stops: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first and last word that a cue speaks about."""
    backward = rule.direction in (Direction.BACKWARD, Direction.BOTH)
    forward = rule.direction in (Direction.FORWARD, Direction.BOTH)
    reach_first = max(0, first - rule.scope) if backward else first
    reach_last = min(length - 1, last + rule.scope) if forward else last
    for stop_first, stop_last in stops:
        if stop_first > last:
            reach_last = min(reach_last, stop_first - 1)
        elif stop_last < first:
            reach_first = max(reach_first, stop_last + 1)
    return reach_first, reach_last


def _rules(name: str, content: object) -> Iterator[Rule]:
    if not isinstance(content, Mapping):
        raise DataError(f"{name}: a mapping from category to its cues is wanted")
    for title, entry in content.items():
        where = f"{name}: {title}"
        try:
            category = Category(str(title), Axis(entry["axis"]), tuple(str(value) for value in entry["values"]))
            for row in entry["literals"]:
                yield _rule(category, {**entry, **(row if isinstance(row, Mapping) else {"literal": row})})
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{where}: {error}") from None


def _rule(category: Category, row: Mapping[str, object]) -> Rule:
    literal = row["literal"]
    parts = tuple(str(literal).lower().split())
    if not isinstance(literal, str) or not parts or GAP in (parts[0], parts[-1]):
        raise ValueError(f"{literal!r} is no cue")
    if any(part.count("*") > 1 or part.startswith("*") for part in parts):
        raise ValueError(f"{literal!r}: at most one * a word, and not at its beginning")
    targets = row.get("targets") or ()
    if not isinstance(targets, Sequence) or isinstance(targets, str):
        raise ValueError(f"{literal!r}: targets is a list")
    return Rule(
        category,
        parts,
        Direction(str(row.get("direction", Direction.BOTH))),
        int(str(row.get("scope", 8))),
        frozenset(str(target) for target in targets),
    )


def load(folder: Path = CUES) -> Cues:
    """Read every cue file of a folder, in order of name. Raises DataError with file, category and literal."""
    paths = yaml_files(folder)
    rules = [rule for path in paths for rule in _rules(path.name, parse_yaml(path))]
    return Cues(rules, hash_of(paths, folder))


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues that come with Ordbro, read once."""
    return load()
