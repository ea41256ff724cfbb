"""`ordbro benchmark --http`: what a service on this machine holds, and what it does at three times that, as JSON.

Without --url it starts one of its own on a free port and ends it. Every run is bounded in calls and in time.
"""

import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

import typer

from models.annotation import load_notes
from phrases.errors import InputError
from service import limits, load
from service.answers import load_suggester
from service.load import Call, Outcome
from service.reading import write_json
from service.release import ROOT

_RUNS: Final = 3
_SECONDS: Final = 5.0
_CONNECTIONS: Final = 16
_CROWD: Final = 256
_OVERLOAD: Final = 3
_FEW: Final = 4
_PROBES: Final = 40.0
"""Calls a second beside an overload: half of them health checks."""

_STEPS: Final = 10
_NOTES: Final = 300
_WORDS: Final = range(20, 41)
_ENTRIES: Final = 10
_START_SECONDS: Final = 60

T = TypeVar("T")


def run(url: str | None, workers: int, soak: int) -> None:
    """Print the figures. InputError on field `url` for another address than this machine's own."""
    if url is not None:
        if soak:
            raise InputError(
                "soak",
                "Minnet kan bara följas hos en tjänst som startas för mätningen: utelämna --url.",
                "Memory can be followed only in a service that is started for the run: leave out --url.",
            )
        figures = _figures(_Target(load.local_address(url), None), soak)
    else:
        with _served(workers) as target:
            figures = {"workers": workers, **_figures(target, soak)}
    typer.echo(write_json(figures).decode())


@dataclass(frozen=True, slots=True)
class _Target:
    """A service to measure; its process where we started it."""

    address: tuple[str, int]
    process: int | None

    def processes(self) -> list[int]:
        """The process and its workers; none where the system does not tell."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        if self.process is None or not children.exists():
            return []
        return [self.process, *map(int, children.read_text(encoding="utf-8").split())]

    def processor_seconds(self) -> float:
        """The processor time that the service has used."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """The memory of all its processes, pages that they share counted once (PSS)."""
        kilobytes = 0
        for pid in self.processes():
            told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
            kilobytes += int(re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)[0])
        return round(kilobytes / 1024, 1)


@contextmanager
def _served(workers: int) -> Iterator[_Target]:
    """A service of our own, with the settings that come with it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ORDBRO_")}
    command = [sys.executable, "-P", "-m", "service", "serve", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(  # noqa: S603 (our own command line)
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=clean
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+:\d+", line)
            if found is None:
                raise InputError(
                    "workers",
                    "Tjänsten startade inte. Kör ordbro serve för att se varför.",
                    "The service did not start. Run ordbro serve to see why.",
                )
            yield _Target(load.local_address(found[0]), process.pid)
        finally:
            process.terminate()
            process.wait(_START_SECONDS)


def _figures(target: _Target, soak: int) -> dict[str, Any]:
    before = os.getloadavg()
    suggestions, phrases = suggestion_calls(), phrase_calls()
    for calls in (suggestions, phrases):
        load.learn(target.address, calls)
    figures = {
        "suggestions": {**held(target, suggestions), "reading_processor_ms": reading()},
        "phrases": held(target, phrases),
    }
    for main, among in ((suggestions, phrases), (phrases, suggestions)):
        held_figures = figures[main[0].kind]
        held_figures["overload"] = overload(target, main, among, held_figures["held_per_second"])
    if soak:
        figures["soak"] = soaked(target, soak)
    machine = {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "load_average": {"before": [round(each, 2) for each in before], "after": _load_average()},
    }
    return {"machine": machine, **figures}


def _load_average() -> list[float]:
    return [round(each, 2) for each in os.getloadavg()]


def _note_texts(most: int) -> list[str]:
    fitting = (note.text for note in load_notes() if len(note.text.split()) in _WORDS)
    return list(islice(fitting, most))


def suggestion_calls(most: int = _NOTES) -> list[Call]:
    """Notes of about 30 words, as in the figures to reach."""
    return [_suggestion_call(text) for text in _note_texts(most)]


def _suggestion_call(text: str) -> Call:
    return load.post("suggestions", f"{ROOT}/suggestions", {"text": text})


def phrase_calls() -> list[Call]:
    """Requests of ten entries at each level."""
    entries = [
        {"type": "activity", "ksi": ksi, "status": "40", "part_of_day": "morning"}
        if place % 2
        else {"type": "functioning", "icf": "d6402", "qualifier": place // 2, "source": "caseworker"}
        for place, ksi in enumerate(("SMB.RB", "SOG.RA", "SME.RB", "SMB.RA", "SOG.RB") * 2)
    ]
    assert len(entries) == _ENTRIES
    return [
        load.post("phrases", f"{ROOT}/phrases", {"entries": entries, "level": level, "person": {"name": name}})
        for level in ("journal", "plain", "easy")
        for name in ("Anna", "Lars", "NN")
    ]


def held(target: _Target, calls: Sequence[Call]) -> dict[str, Any]:
    """The most that is held: the median of some runs in which each answer is followed by the next call; then the times
    at four fifths of it, with calls that come at their own pace.
    """
    kind = calls[0].kind
    processor = target.processor_seconds()
    outcomes = [load.drive(target.address, calls, connections=_CONNECTIONS, seconds=_SECONDS) for _ in range(_RUNS)]
    answered = sum(outcome.answered for outcome in outcomes)
    processor = target.processor_seconds() - processor
    rates = [round(outcome.answered / outcome.seconds, 1) for outcome in outcomes]
    most = median(rates)
    steady = load.drive(target.address, calls, connections=_CONNECTIONS, seconds=_SECONDS, rate=most * 0.8)
    return {
        "held_per_second": most,
        "runs_per_second": rates,
        "connections": _CONNECTIONS,
        **_median_times(outcomes, kind),
        "wrong": sum(outcome.wrong for outcome in outcomes),
        "not_answered_200": answered - sum(outcome.statuses(kind)[200] for outcome in outcomes),
        "broken": sum(outcome.broken for outcome in outcomes),
        "at_four_fifths": {"per_second": round(most * 0.8, 1), **steady.percentiles(kind), "wrong": steady.wrong},
        **({"processor_ms": round(processor / answered * 1000, 3)} if target.processes() else {}),
    }


def reading() -> float:
    """Processor milliseconds that the same notes take to read without the service: what is left of `processor_ms` is
    its own.
    """
    suggester = load_suggester()
    texts = _note_texts(_NOTES)
    for _ in ("what is loaded on demand", "what counts"):
        started = time.process_time()
        for text in texts:
            suggester.suggest(text, None, limits.SUGGESTIONS_DEFAULT).as_dict()
        seconds = time.process_time() - started
    return round(seconds / len(texts) * 1000, 3)


def _median_times(outcomes: Sequence[Outcome], kind: str) -> dict[str, float]:
    told = [outcome.percentiles(kind) for outcome in outcomes]
    return {name: median(each[name] for each in told) for name in told[0]}


def overload(target: _Target, calls: Sequence[Call], among: Sequence[Call], most: float) -> dict[str, Any]:
    """Calls at three times what is held; meanwhile some of another kind and health checks, on connections of their own.

    Times are those of the service, from when a call was sent.
    """
    others = [call for other in among for call in (other, load.get("healthz", "/healthz"))]
    with ThreadPoolExecutor(1) as beside:
        watched = beside.submit(
            load.drive, target.address, others, connections=_FEW, seconds=2 * _SECONDS, rate=_PROBES, from_due=False
        )
        outcome = load.drive(
            target.address, calls, connections=_CROWD, seconds=2 * _SECONDS, rate=most * _OVERLOAD, from_due=False
        )
    seen = watched.result()
    kind = calls[0].kind
    statuses = outcome.statuses(kind)
    return {
        "due_per_second": round(most * _OVERLOAD, 1),
        "connections": _CROWD,
        "answered_per_second": round(statuses[200] / outcome.seconds, 1),
        "refused_per_second": round(statuses[503] / outcome.seconds, 1),
        "otherwise": outcome.answered - statuses[200] - statuses[503],
        "answered": outcome.percentiles(kind),
        "refused": outcome.percentiles(kind, 503),
        "meanwhile": {
            name: {str(status): count for status, count in seen.statuses(name).items()} | seen.percentiles(name)
            for name in (among[0].kind, "healthz")
        },
        "wrong": outcome.wrong + seen.wrong,
        "refused_without_retry_after": outcome.unhinted + seen.unhinted,
        "broken": outcome.broken + seen.broken,
    }


def soaked(target: _Target, count: int) -> dict[str, Any]:
    """Memory along many calls: notes with a word that is in no other, and phrases, in turn."""
    texts, phrases = _note_texts(count), _again(phrase_calls())
    started = time.perf_counter()
    megabytes = [target.megabytes()]
    answered = refused = broken = 0
    words = _made_up_words()
    step = max(1, count // _STEPS)
    while answered < count and time.perf_counter() - started < load.MOST_SECONDS:
        notes = (f"{text} {word}" for text, word in zip(islice(_again(texts), step // 2 + 1), words, strict=False))
        calls = [call for text in notes for call in (_suggestion_call(text), next(phrases))]
        outcome = load.drive(target.address, calls, connections=_CONNECTIONS, count=step)
        answered, broken = answered + outcome.answered, broken + outcome.broken
        refused += sum(outcome.statuses(kind)[503] for kind in ("suggestions", "phrases"))
        megabytes.append(target.megabytes())
    return {
        "answered": answered,
        "refused": refused,
        "broken": broken,
        "seconds": round(time.perf_counter() - started, 1),
        "megabytes": megabytes,
    }


def _made_up_words() -> Iterator[str]:
    """Words that nobody has written before, such as a slip of the hand makes: 124,416 before they come again."""
    while True:
        yield from map("".join, product("kvstdr", "aeiouyåäö", "lmnr", "aeiouyåäö", "gkpt", "aeio", "bdfs"))


def _again(things: Sequence[T]) -> Iterator[T]:
    while True:
        yield from things
