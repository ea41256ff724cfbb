"""`ordbro benchmark`: speed, start-up and size on this machine, with comparators in the same run, as JSON."""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final, TypeVar

import typer

import models
from models.annotation import load_notes
from nlg.entries import parse_entry, parse_person
from nlg.levels import Level
from nlg.phrase import render
from phrases.catalogue import catalogue
from service import answers, codebook
from service.answers import Suggester
from service.commands.evaluate import labelled_notes
from service.comparators import distinct_targets, found_at, rankers
from service.reading import write_json

_WORDS: Final = range(20, 41)
"""The notes measured have about 30 words, as in the figures to reach."""

_LONG: Final = (1_250, 2_500, 5_000, 10_000)
"""Words of long notes; the longest is some three times the limit of the service."""

_NOTES: Final = 300
_PHRASES: Final = 20_000
_STARTS: Final = 3
_SUGGESTIONS: Final = 8
_TYPED: Final = (
    "dusch",
    "städa bost",
    "sme rb",
    "trygghetsl",
    "handla mat",
    "promenad",
    "d640",
    "matlagn",
    "förflytt",
    "stroke",
)

T = TypeVar("T")


def run(notes_file: str | None) -> None:
    """Print the figures. With a file of labelled notes also how many targets each finds among five."""
    labelled = labelled_notes(notes_file) if notes_file else []
    started = time.perf_counter()
    suggester = answers.load_suggester()
    loaded = time.perf_counter() - started
    notes = [note["text"] for note in labelled] or _own_notes()
    figures = {
        "machine": {"python": platform.python_version(), "platform": platform.platform(), "processors": os.cpu_count()},
        "phrases": phrases(),
        "suggestions": _timed(lambda note: suggester.suggest(note, None, _SUGGESTIONS), notes)
        | {"load_seconds": round(loaded, 3)},
        "long_notes_ms": long_notes(notes),
        "type_ahead": type_ahead(),
        "resident_megabytes": round(_resident_megabytes(), 1),
        "model_megabytes": round(_model_megabytes(), 2),
        "comparators": comparators(notes),
        "start_seconds": starts(),
    }
    if labelled:
        figures["found_at_5"] = found(labelled, suggester)
    typer.echo(write_json(figures).decode())


def _own_notes() -> list[str]:
    fitting = (note.text for note in load_notes() if len(note.text.split()) in _WORDS)
    return list(islice(fitting, _NOTES))


def phrases() -> dict[str, float]:
    """Parsing and telling entries one by one, over many codes, qualifiers, statuses and all levels."""
    raws = list(islice(_entries(), _PHRASES))
    person = parse_person({"name": "Anna", "pronoun": "hon"})
    levels = list(Level)
    tell = [(raw, levels[place % len(levels)]) for place, raw in enumerate(raws)]
    return _timed(lambda task: render(parse_entry(task[0]), person, task[1]), tell, each="phrases")


def _entries() -> Iterable[dict[str, Any]]:
    known = catalogue()
    functioning = [code for code in known.icf if code.startswith("d")]
    activities = list(known.activities)
    statuses = list(known.statuses)
    for turn in range(_PHRASES):
        if turn % 2:
            yield {
                "type": "functioning",
                "icf": functioning[turn % len(functioning)],
                "qualifier": turn % 5,
                "source": "caseworker",
            }
        else:
            status = statuses[turn // 2 % len(statuses)]
            yield {
                "type": "activity",
                "ksi": activities[turn % len(activities)],
                "status": status,
                "part_of_day": "morning",
            }


def long_notes(notes: Sequence[str]) -> dict[str, float]:
    """The time for one note of so many words, made of short ones: beyond the limit of a note, to see how it grows."""
    from coding_assist.compose import Composer
    from models.model import model

    learned = model()
    composer = Composer(catalogue(), None, learned.heads, learned.manifest["calibration"])
    words = list(islice((word for note in cycle(notes) for word in note.split()), _LONG[-1]))

    def read(length: int) -> object:
        return composer.proposals(learned.judge(" ".join(words[:length]), None).found)

    read(_LONG[-1])  # loads what is loaded on demand
    return {str(length): round(next(_measured(read, [length])) * 1000, 1) for length in _LONG}


def type_ahead() -> dict[str, float]:
    """Every beginning of every query, as it is typed."""
    codebook.index()
    typed = [query[:length] for query in _TYPED for length in range(2, len(query) + 1)]
    return _timed(lambda query: codebook.search(query, None, None, 20), typed, each="queries")


def comparators(notes: Sequence[str]) -> dict[str, dict[str, float]]:
    """The same notes through plain retrievers."""
    return {name: _timed(rank, notes) for name, rank in rankers().items()}


def found(labelled: Sequence[dict[str, Any]], suggester: Suggester) -> dict[str, float]:
    """The share of the labelled targets that each finds among its first five."""

    def ordbro(text: str) -> list[str]:
        suggested = suggester.suggest(text, None, 50).as_dict()["suggestions"]
        return distinct_targets([suggestion["code"] for suggestion in suggested])

    return {name: round(found_at(rank, labelled), 3) for name, rank in {"ordbro": ordbro, **rankers()}.items()}


def starts() -> dict[str, float]:
    """From the call to the last byte of the answer, each command in a process of its own; the middle of three."""
    entry = '{"type":"functioning","icf":"d6402.2"}'
    return {
        "help": _start(["--help"]),
        "phrase": _start(["phrase"], entry),
        "suggest": _start(["suggest", "-"], "Hjälpte NN att duscha."),
        "codes": _start(["codes", "show", "SOG"]),
    }


def _start(arguments: list[str], given: str = "") -> float:
    def once() -> float:
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 (our own command line)
            [sys.executable, "-P", "-m", "service", *arguments], input=given.encode(), capture_output=True, check=True
        )
        return time.perf_counter() - started

    return round(sorted(once() for _ in range(_STARTS))[_STARTS // 2], 3)


def _timed(work: Callable[[T], object], tasks: Sequence[T], each: str = "notes") -> dict[str, float]:
    """Work through the tasks twice: the first pass also loads what is loaded on demand, the second is the figure."""
    first = sum(_measured(work, tasks))
    times = sorted(_measured(work, tasks))
    return {
        each: len(tasks),
        f"{each}_per_second": round(len(times) / sum(times), 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 3),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 3),
        "first_pass_per_second": round(len(times) / first, 1),
    }


def _measured(work: Callable[[T], object], tasks: Iterable[T]) -> Iterator[float]:
    for task in tasks:
        started = time.perf_counter()
        work(task)
        yield time.perf_counter() - started


def _resident_megabytes() -> float:
    """What the process has had in memory at most; Linux counts kilobytes, macOS bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _model_megabytes() -> float:
    stored = Path(models.__file__).parent / "data" / "stored"
    return sum(path.stat().st_size for path in stored.iterdir()) / 1_000_000
