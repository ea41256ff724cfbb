"""The repository as a whole: what may stand in it, and that packaging, locks and rooms agree."""

import csv
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("phrases", "nlg", "models", "coding_assist", "service")
LOCKS = ("requirements.lock", "requirements-dev.lock")
MODEL = ROOT / "models" / "data" / "stored"


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Every file that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts(files: list[Path]) -> dict[Path, str]:
    """The text files among them."""
    return {path: path.read_text(encoding="utf-8") for path in files if MODEL not in path.parents}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, list[str]]:
    """The pinned packages of a lock file, each with the hashes of its files."""
    pins: dict[str, list[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        pinned = re.match(r"([A-Za-z0-9._-]+)==", line)
        if pinned:
            pins[name := normal(pinned[1])] = []
        elif line.strip().startswith("--hash=sha256:"):
            pins[name].append(line.strip())
    return pins


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_host(lock: str) -> None:
    pins = locked(lock)
    assert len(pins) > 20
    assert [name for name, hashes in pins.items() if not hashes] == []
    assert not re.search(r"https?:|index-url|find-links", (ROOT / lock).read_text(encoding="utf-8"))


def test_what_the_project_asks_for_is_locked(project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    runtime = [*project["project"]["dependencies"], *groups["build"]]
    for lock, wanted in (("requirements.lock", runtime), ("requirements-dev.lock", groups["dev"])):
        names = {normal(re.split(r"[\[<>=!~ ]", requirement)[0]) for requirement in wanted}
        assert names <= locked(lock).keys()


def test_the_two_locks_agree() -> None:
    pins = [re.findall(r"^([A-Za-z0-9._-]+==\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M) for lock in LOCKS]
    versions = [{pin.split("==")[0]: pin for pin in found} for found in pins]
    shared = versions[0].keys() & versions[1].keys()
    assert shared
    assert {versions[0][name] for name in shared} == {versions[1][name] for name in shared}


def test_every_room_is_packaged_typed_and_explained(project: dict[str, Any]) -> None:
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(ROOMS)
    assert set(project["tool"]["importlinter"]["root_packages"]) == set(ROOMS)
    for room in ROOMS:
        assert (ROOT / room / "__init__.py").read_text(encoding="utf-8").startswith('"""')
        assert (ROOT / room / "py.typed").is_file()


def test_every_module_says_what_it_is_for(files: list[Path]) -> None:
    modules = [path for path in files if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS]
    assert len(modules) > 50
    assert [str(path) for path in modules if not path.read_text(encoding="utf-8").lstrip().startswith('"""')] == []


def test_no_machine_and_no_registry_is_named(texts: dict[Path, str]) -> None:
    named = re.compile(r"/(?:home|root|Users)/\w|pypi\.org|pythonhosted|/opt/pypi")
    here = Path(__file__)
    assert [str(path) for path, text in texts.items() if path != here and named.search(text)] == []


def test_files_are_of_a_size_that_people_read(texts: dict[Path, str]) -> None:
    code = {path: text for path, text in texts.items() if path.suffix in {".py", ".js", ".css", ".html"}}
    assert {str(path): count for path, text in code.items() if (count := text.count("\n")) > 600} == {}


OWN_WORDS = ("Alternativ titel", "Beskrivning", "Innefattar", "Utesluter", "Anmärkning")
"""The columns of the official lists that hold Socialstyrelsen's own sentences, not codes, terms or relations."""


def sentences(shared: Path) -> set[str]:
    """The beginnings of the long texts in those columns; what only repeats a title is a term."""
    begun: set[str] = set()
    terms = ""
    for name in ("ksi.tsv", "icf.tsv"):
        with (shared / "official" / name).open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                terms += " ".join(row["Titel"].split()) + "\n"
                texts = (" ".join((row.get(column) or "").split()) for column in OWN_WORDS)
                begun.update(text[:60] for text in texts if len(text) > 60)
    return {text for text in begun if text.casefold() not in terms.casefold()}


def test_no_official_description_is_copied(shared: Path, texts: dict[Path, str]) -> None:
    """Descriptions are read from the files at the user's site; only codes, terms and relations are carried."""
    everything = " ".join(
        " ".join(text.split()) for path, text in texts.items() if path.suffix in {".yaml", ".notes", ".md"}
    )
    descriptions = sentences(shared)
    assert len(descriptions) > 1000
    assert [text for text in descriptions if text in everything] == []


def test_no_development_note_is_copied(shared: Path, texts: dict[Path, str]) -> None:
    """The development notes are for measuring: no run of seven of their words stands in our notes, lexicon or cues."""
    with (shared / "bench" / "dev.jsonl").open(encoding="utf-8") as lines:
        notes = [json.loads(line)["text"].lower() for line in lines]
    runs = {
        tuple(words[place : place + 7]) for note in notes for words in [note.split()] for place in range(len(words) - 6)
    }
    ours = {path: text for path, text in texts.items() if path.suffix in {".notes", ".yaml", ".json", ".jsonl", ".txt"}}
    copied = {
        str(path)
        for path, text in ours.items()
        for words in [re.sub(r"[\[\]]|\([A-Z~ /\d.]+\)", " ", text).lower().split()]
        for place in range(len(words) - 6)
        if tuple(words[place : place + 7]) in runs
    }
    assert copied == set()
