"""Training notes: from `.notes` files (docs/annotation-guide.md) to frozen values, every label checked.

The files are written for Ordbro by hand; this module is their only reader. A fault is reported with file and line
and what is wrong, never with the text of the note: the same habit as everywhere else, though these notes are
nobody's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from models.normalise import wordset
from phrases.catalogue import Catalogue, catalogue

NOTES: Final = Path(__file__).parent / "data" / "notes"

SELECTIONS: Final = wordset("ÄOU ÄOH FunkU FunkH BoUU BoUH VuxMissbrukU VuxMissbrukH EkBistHU")
KINDS: Final = wordset("journal plan utredning uppföljning avvikelse beslut")
PROFILES: Final = wordset("clean hasty L2 dictation")
VOICES: Final = frozenset(("staff", "person"))
REASONS: Final = wordset("person relative weather staff medical feeling other")

_LABEL = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")
_REASON = re.compile(r"\((\w+)\) ")
_SPACE = re.compile(r"\s+")


class AnnotationError(ValueError):
    """A `.notes` file breaks the format; `.path` and `.line` say where, the message says how."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Label:
    """One activity. Either `targets` x `actions` (best first, each a defensible answer) or a whole `code`."""

    start: int
    end: int
    targets: tuple[str, ...]
    actions: tuple[str, ...]
    statuses: tuple[str, ...]
    code: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """What the model may find for it, best first: its targets, or the whole code."""
        return self.targets if self.code is None else (self.code,)


@dataclass(frozen=True, slots=True)
class Note:
    """A whole note, or one clause of a clauses section (`clause`); offsets of the labels count in `text`."""

    id: str
    selection: str
    kind: str
    profile: str
    setting: str
    voice: str
    text: str
    labels: tuple[Label, ...]
    clause: bool = False
    reason: str | None = None

    def as_gold(self) -> dict[str, object]:
        """The note in the shape that the development notes have (one line of JSONL)."""
        gold: list[dict[str, object]] = []
        for label in self.labels:
            evidence = self.text[label.start : label.end]
            status = list(label.statuses)
            if label.code is not None:
                gold.append({"code": label.code, "status": status, "evidence": evidence})
            else:
                gold.append(
                    {
                        "target": label.targets[0],
                        "actions": list(label.actions),
                        "status": status,
                        "evidence": evidence,
                        "alt_targets": list(label.targets[1:]),
                    }
                )
        return {
            "id": self.id,
            "setting": self.setting,
            "kind": self.kind,
            "selection": self.selection,
            "profile": self.profile,
            "text": self.text,
            "gold": gold,
        }


@dataclass(frozen=True, slots=True)
class _Section:
    selection: str
    kind: str
    profile: str
    setting: str
    voice: str
    clauses: bool


@dataclass(slots=True)
class _Reader:
    """Reads one file line by line; holds what is open: the section and the lines of the note so far."""

    name: str
    codes: Catalogue
    section: _Section | None = None
    open_lines: list[str] = field(default_factory=list)
    open_at: int = 0

    def fault(self, line: int, message: str) -> AnnotationError:
        return AnnotationError(self.name, line, message)

    def read(self, lines: Iterable[str]) -> Iterator[Note | AnnotationError]:
        """The notes in order, and in place of a broken one its fault; reading goes on behind it."""
        for number, raw in enumerate((*lines, "")):
            try:
                note = self.take(raw.strip(), number + 1)
            except AnnotationError as fault:
                yield fault
            else:
                if note is not None:
                    yield note

    def take(self, line: str, number: int) -> Note | None:
        """Take one line; a note comes out where the line ends one, or is one."""
        if line.startswith("#"):
            return None
        if line.startswith("=="):
            closed = self.close()
            self.section = self.header(line, number)
            return closed
        if not line:
            return self.close()
        if self.section is None:
            raise self.fault(number, "text before the first header")
        if self.section.clauses:
            return self.clause(line, number)
        self.open_at = self.open_at if self.open_lines else number
        self.open_lines.append(line)
        return None

    def header(self, line: str, number: int) -> _Section:
        words = line[2:].split()
        clauses = bool(words) and words[0] == "clauses"
        words = words[1:] if clauses else words
        if len(words) < 3:
            raise self.fault(number, "a header needs selection, kind and profile")
        selection, kind, profile, *rest = words
        for value, allowed, what in (
            (selection, SELECTIONS, "selection"),
            (kind, KINDS, "kind"),
            (profile, PROFILES, "profile"),
        ):
            if value not in allowed:
                raise self.fault(number, f"unknown {what} in the header; allowed: {', '.join(sorted(allowed))}")
        voices = [word.partition(":")[2] for word in rest if word.startswith("voice:")]
        if any(voice not in VOICES for voice in voices):
            raise self.fault(number, f"unknown voice in the header; allowed: {', '.join(sorted(VOICES))}")
        setting = " ".join(word for word in rest if not word.startswith("voice:"))
        return _Section(selection, kind, profile, setting, voices[0] if voices else "staff", clauses)

    def close(self) -> Note | None:
        if not self.open_lines:
            return None
        marked = " ".join(self.open_lines)
        self.open_lines.clear()
        return self.note(marked, self.open_at, clause=False, reason=None)

    def clause(self, line: str, number: int) -> Note:
        match = _REASON.match(line)
        reason = match.group(1) if match else None
        if reason is not None and reason not in REASONS:
            raise self.fault(number, f"unknown reason; allowed: {', '.join(sorted(REASONS))}")
        note = self.note(line[match.end() :] if match else line, number, clause=True, reason=reason)
        if bool(note.labels) == (reason is not None):
            raise self.fault(number, "a clause has either a label or, in front, the reason why it has none")
        return note

    def note(self, marked: str, number: int, *, clause: bool, reason: str | None) -> Note:
        assert self.section is not None
        text, labels = self.unmark(_SPACE.sub(" ", marked).strip(), number)
        section = self.section
        return Note(
            id=note_id(text),
            selection=section.selection,
            kind=section.kind,
            profile=section.profile,
            setting=section.setting,
            voice=section.voice,
            text=text,
            labels=labels,
            clause=clause,
            reason=reason,
        )

    def unmark(self, marked: str, number: int) -> tuple[str, tuple[Label, ...]]:
        parts: list[str] = []
        labels: list[Label] = []
        length = last = 0
        for match in _LABEL.finditer(marked):
            before = marked[last : match.start()]
            evidence = match.group(1)
            start = length + len(before)
            length = start + len(evidence)
            parts += (before, evidence)
            labels.append(self.label(match.group(2), start, length, number))
            last = match.end()
        parts.append(marked[last:])
        text = "".join(parts)
        if "[" in text or "]" in text:
            raise self.fault(number, "a square bracket outside a label")
        return text, tuple(labels)

    def label(self, written: str, start: int, end: int, number: int) -> Label:
        words = written.split()
        if len(words) == 2:
            code, statuses = words[0], tuple(words[1].split("/"))
            if code not in self.codes.statistical:
                raise self.fault(number, "a label of two parts needs a code of official statistics (YA)")
            self.check(statuses, self.codes.statuses, "status", number)
            return Label(start, end, (), (), statuses, code)
        if len(words) != 3:
            raise self.fault(number, "a label has the parts TARGET ACTION STATUS, or CODE STATUS")
        targets, actions, statuses = tuple(words[0].split("~")), tuple(words[1].split("/")), tuple(words[2].split("/"))
        self.check(targets, self.codes.targets, "target", number)
        self.check(actions, self.codes.actions, "action", number)
        self.check(statuses, self.codes.statuses, "status", number)
        if not any(actions[0] in self.codes.actions_of(target) for target in targets):
            raise self.fault(number, f"{targets[0]} has no action {actions[0]}")
        return Label(start, end, targets, actions, statuses)

    def check(self, codes: Iterable[str], known: Mapping[str, object], what: str, number: int) -> None:
        for code in codes:
            if code not in known:
                raise self.fault(number, f"unknown {what} in a label")


def note_id(text: str) -> str:
    """A note's name: a hash of its text, so that it keeps its name (and its side of the split) as files grow."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_notes(lines: Iterable[str], name: str) -> Iterator[Note | AnnotationError]:
    """The notes of one file's lines, and a fault (with `name` and line) in place of every note that breaks the
    format.
    """
    return _Reader(name, catalogue()).read(lines)


def load_notes(folder: Path = NOTES) -> tuple[Note, ...]:
    """All notes of a folder, files in order of name; a text that comes twice is kept once. Raises the first
    AnnotationError.
    """
    notes: dict[str, Note] = {}
    for path in sorted(folder.glob("*.notes")):
        with path.open(encoding="utf-8") as lines:
            for read in read_notes(lines, path.name):
                if isinstance(read, AnnotationError):
                    raise read
                notes.setdefault(read.id, read)
    return tuple(notes.values())


def data_hash(folder: Path = NOTES) -> str:
    """SHA-256 over names and bytes of the note files: what the stored model's manifest is compared with."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.notes")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
