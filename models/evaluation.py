"""How good suggestions are, measured on labelled notes: the same figures as the project's yardstick, in our own words.

Definitions (all 0..1): targetF1/P/R of the proposed suggestions on the target; codeF1/P/R on target and action;
found@k, the share of the labelled activities whose target is among the first k distinct targets; first, the share
of notes whose first suggestion has a right target; action and status, of the activities whose target was suggested,
the share with a right action or status in the first suggestion of it; alarm, the share of notes without activity
for which something is proposed; ece, the expected calibration error of the confidence on code level, in ten bins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from models.noise import noisy_text

NEAREST: Final = (3, 5, 10)
BINS: Final = 10
NOISED: Final = (0.0, 0.1, 0.2, 0.4)
"""The shares of changed words that robustness is measured at."""


class Answer(Protocol):
    """What a suggester gives back."""

    def as_dict(self) -> Mapping[str, Any]: ...


class Suggests(Protocol):
    """Whatever proposes codes for a note."""

    def suggest(self, text: str, selection: str | None = None, limit: int = 8) -> Answer: ...


@dataclass(slots=True)
class Tally:
    """Counts that add up over notes, and the bins of confidence: number, sum of confidence, number right."""

    counts: Counter[str] = field(default_factory=Counter)
    bins: list[tuple[int, float, int]] = field(default_factory=lambda: [(0, 0.0, 0)] * BINS)

    def add(self, gold: Sequence[Mapping[str, Any]], suggestions: Sequence[Mapping[str, Any]]) -> None:
        """Count one note: its labelled activities and its suggestions, best first."""
        counts = self.counts
        targets = list(dict.fromkeys(_target(suggestion["code"]) for suggestion in suggestions))
        proposed = [s for s in suggestions if s.get("selected", s.get("confidence", 0.0) >= 0.5)]
        proposed_targets = {_target(suggestion["code"]) for suggestion in proposed}
        self._bin(gold, suggestions)
        counts["proposed targets"] += len(proposed_targets)
        counts["proposed codes"] += len(proposed)
        if not gold:
            counts["empty"] += 1
            counts["alarm"] += bool(proposed)
            return
        counts["notes"] += 1
        counts["first"] += bool(targets) and any(targets[0] in _targets(activity) for activity in gold)
        counts["right targets"] += sum(any(t in _targets(activity) for activity in gold) for t in proposed_targets)
        counts["right codes"] += sum(any(_right(activity, s["code"]) for activity in gold) for s in proposed)
        for activity in gold:
            self._activity(activity, targets, suggestions, proposed, proposed_targets)

    def _activity(
        self,
        activity: Mapping[str, Any],
        targets: Sequence[str],
        suggestions: Sequence[Mapping[str, Any]],
        proposed: Sequence[Mapping[str, Any]],
        proposed_targets: set[str],
    ) -> None:
        counts, wanted = self.counts, _targets(activity)
        counts["activities"] += 1
        for nearest in NEAREST:
            counts[f"found@{nearest}"] += any(target in wanted for target in targets[:nearest])
        hit = next((s for s in suggestions[:10] if _target(s["code"]) in wanted), None)
        if hit is not None:
            counts["hit"] += 1
            counts["action"] += _right(activity, hit["code"])
            counts["status"] += str(hit.get("status")) in activity["status"]
        counts["recalled targets"] += bool(wanted & proposed_targets)
        counts["recalled codes"] += any(_right(activity, s["code"]) for s in proposed)

    def _bin(self, gold: Sequence[Mapping[str, Any]], suggestions: Sequence[Mapping[str, Any]]) -> None:
        for suggestion in suggestions:
            confidence = suggestion.get("confidence")
            if confidence is not None:
                place = min(BINS - 1, int(confidence * BINS))
                number, total, right = self.bins[place]
                meets = any(_right(activity, suggestion["code"]) for activity in gold)
                self.bins[place] = (number + 1, total + confidence, right + meets)

    def figures(self) -> dict[str, float]:
        """The figures of all notes counted so far."""
        counts = self.counts
        target_p = _ratio(counts["right targets"], counts["proposed targets"])
        target_r = _ratio(counts["recalled targets"], counts["activities"])
        code_p = _ratio(counts["right codes"], counts["proposed codes"])
        code_r = _ratio(counts["recalled codes"], counts["activities"])
        suggested = sum(number for number, _, _ in self.bins)
        return {
            "notes": counts["notes"] + counts["empty"],
            "activities": counts["activities"],
            "targetF1": _f1(target_p, target_r),
            "targetP": target_p,
            "targetR": target_r,
            "codeF1": _f1(code_p, code_r),
            "codeP": code_p,
            "codeR": code_r,
            **{f"found@{k}": _ratio(counts[f"found@{k}"], counts["activities"]) for k in NEAREST},
            "first": _ratio(counts["first"], counts["notes"]),
            "action": _ratio(counts["action"], counts["hit"]),
            "status": _ratio(counts["status"], counts["hit"]),
            "alarm": _ratio(counts["alarm"], counts["empty"]),
            "ece": _ratio(sum(abs(total - right) for _, total, right in self.bins), suggested),
        }


def evaluate(notes: Iterable[Mapping[str, Any]], suggester: Suggests) -> dict[str, dict[str, float]]:
    """Figures on labelled notes (each with "text", "selection", "profile", "gold"): for "all" and for each profile."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for note in notes:
        suggestions = suggester.suggest(note["text"], note.get("selection")).as_dict()["suggestions"]
        for group in ("all", note.get("profile", "unknown")):
            tallies[group].add(note["gold"], suggestions)
    return {group: tallies[group].figures() for group in ("all", *sorted(set(tallies) - {"all"}))}


def robustness(notes: Sequence[Mapping[str, Any]], suggester: Suggests) -> dict[str, dict[str, float]]:
    """The figures of all notes with a growing share of their words changed as learners and people in a hurry would."""
    return {
        str(share): evaluate(
            [{**note, "text": noisy_text(note["text"], share, number)} for number, note in enumerate(notes)], suggester
        )["all"]
        for share in NOISED
    }


def by_target(notes: Iterable[Mapping[str, Any]], suggester: Suggests) -> dict[str, dict[str, float]]:
    """For each target: how many activities have it first among their answers, and precision and recall of the
    proposals.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        suggestions = suggester.suggest(note["text"], note.get("selection")).as_dict()["suggestions"]
        proposed = {_target(s["code"]) for s in suggestions if s["selected"]}
        for activity in note["gold"]:
            name = activity.get("code") or activity["target"]
            counts[name]["activities"] += 1
            counts[name]["recalled"] += bool(proposed & _targets(activity))
        for target in proposed:
            counts[target]["proposed"] += 1
            counts[target]["right"] += any(target in _targets(activity) for activity in note["gold"])
    return {
        target: {
            "activities": count["activities"],
            "proposed": count["proposed"],
            "precision": _ratio(count["right"], count["proposed"]),
            "recall": _ratio(count["recalled"], count["activities"]),
        }
        for target, count in sorted(counts.items())
    }


def _target(code: str) -> str:
    return code if code.startswith("Y") else code.partition(".")[0]


def _targets(activity: Mapping[str, Any]) -> set[str]:
    return {activity["code"]} if "code" in activity else {activity["target"], *activity.get("alt_targets", ())}


def _right(activity: Mapping[str, Any], code: str) -> bool:
    if "code" in activity:
        return bool(activity["code"] == code)
    target, _, rest = code.partition(".")
    return target in _targets(activity) and rest.partition(".")[0] in activity["actions"]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return _ratio(2 * precision * recall, precision + recall)
