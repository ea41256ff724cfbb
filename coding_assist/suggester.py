"""Suggestions for a note: the one door to this room.

suggester = load()
suggester.suggest("mb 8. hjälpt m dusch", selection="ÄOU").as_dict()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coding_assist.compose import Composer, Proposal
from coding_assist.local_names import with_local_names
from coding_assist.questions import FollowUp, follow_up
from coding_assist.warnings import Warning, warnings
from models.model import Model, model
from models.thresholds import Thresholds
from phrases.catalogue import Catalogue, catalogue
from phrases.cues import cues
from phrases.errors import InputError
from phrases.local import Selected, local, selected

MAX_TEXT: Final = 20_000
MAX_LIMIT: Final = 50
LEAST: Final = 0.01


@dataclass(frozen=True, slots=True)
class Evidence:
    """The writer's own words that speak for a suggestion: `text` is exactly the note from `start` to `end`."""

    start: int
    end: int
    text: str

    def as_dict(self) -> dict[str, object]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One KSI code with its status; `confidence` is the probability that this activity is in the note."""

    code: str
    title: str
    plain: str
    status: str
    status_title: str
    confidence: float
    selected: bool
    evidence: tuple[Evidence, ...]
    question: FollowUp | None

    def as_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "title": self.title,
            "plain": self.plain,
            "status": self.status,
            "status_title": self.status_title,
            "confidence": self.confidence,
            "selected": self.selected,
            "evidence": [evidence.as_dict() for evidence in self.evidence],
            "question": self.question.as_dict() if self.question else None,
        }


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The answer to one note, best suggestion first."""

    suggestions: tuple[Suggestion, ...]
    warnings: tuple[Warning, ...]
    versions: Mapping[str, str]

    def as_dict(self) -> dict[str, object]:
        """The answer in the shape of the command line and of HTTP."""
        return {
            "suggestions": [suggestion.as_dict() for suggestion in self.suggestions],
            "warnings": [warning.as_dict() for warning in self.warnings],
            "versions": dict(self.versions),
        }


class Suggester:
    """Proposes codes for notes. Keeps nothing of a note: every answer depends on the note and the selection only."""

    def __init__(self, learned: Model, codes: Catalogue, plain: Callable[[str], str] | None = None) -> None:
        self._model = learned
        self._codes = codes
        self._plain = plain or self.title
        self._thresholds = Thresholds(**learned.manifest["thresholds"])
        self._composers: dict[str | None, Composer] = {}
        self._versions = {
            "catalogue": codes.version,
            "lexicon": learned.reader.lexicon.version,
            "cues": cues().version,
            "model": str(learned.manifest["sources"]["data"])[:12],
            "model_hash": str(learned.manifest["sha256"]),
        }

    def title(self, code: str) -> str:
        """The title of a KSI code."""
        known = self._codes.activities.get(code)
        return known.title if known is not None else self._codes.statistical[code].title

    def suggest(self, text: str, selection: str | None = None, limit: int = 8) -> Suggestions:
        """The `limit` most likely activities in a note of at most `MAX_TEXT` characters.

        With a selection ("ÄOU", "ÄOU/planering") only its codes are offered. InputError names what is wrong with text,
        selection or limit.
        """
        check_text(text)
        if not 1 <= limit <= MAX_LIMIT:
            raise InputError("limit", f"Ange 1 till {MAX_LIMIT}.", f"Give 1 to {MAX_LIMIT}.")
        chosen = None if selection is None else selected(selection, known=self._codes)
        composer = self._composer(chosen)
        verdict = self._model.judge(text, chosen.official if chosen else None)
        found = composer.proposals(verdict.found)
        likely = [proposal for proposal in found if proposal.confidence >= LEAST][:limit]
        proposed = self._thresholds.proposed(verdict.presence, [proposal.chance for proposal in likely])
        return Suggestions(
            tuple(
                self._suggestion(one, text, by_default, follow_up(one, likely, composer.permits))
                for one, by_default in zip(likely, proposed, strict=True)
            ),
            tuple(warnings(text)),
            self._versions,
        )

    def _suggestion(self, proposal: Proposal, text: str, by_default: bool, question: FollowUp | None) -> Suggestion:
        return Suggestion(
            code=proposal.code,
            title=self.title(proposal.code),
            plain=self._plain(proposal.code),
            status=proposal.status,
            status_title=self._codes.statuses[proposal.status].title,
            confidence=round(proposal.confidence, 3),
            selected=by_default,
            evidence=tuple(Evidence(start, end, text[start:end]) for start, end in proposal.spans),
            question=question,
        )

    def _composer(self, chosen: Selected | None) -> Composer:
        name = chosen.name if chosen else None
        if name not in self._composers:
            calibration = self._model.manifest["calibration"]
            self._composers[name] = Composer(self._codes, chosen, self._model.heads, calibration)
        return self._composers[name]


def check_text(text: str) -> None:
    """InputError when a note is no text, empty, or longer than `MAX_TEXT` characters."""
    if not isinstance(text, str):
        raise InputError("text", "Anteckningen ska vara text.", "The note must be text.")
    if not text.strip():
        raise InputError("text", "Anteckningen är tom.", "The note is empty.")
    if len(text) > MAX_TEXT:
        raise InputError(
            "text",
            f"Anteckningen är för lång: högst {MAX_TEXT} tecken.",
            f"The note is too long: at most {MAX_TEXT} characters.",
        )


def load(plain: Callable[[str], str] | None = None) -> Suggester:
    """The suggester with the stored model, which also reads the names of this site. InputError when those have faults.

    `plain` gives the plain wording of a code (default: its title).
    """
    return Suggester(with_local_names(model(), local().names, catalogue()), catalogue(), plain)
