"""The files in examples/, which README uses."""

import json
from pathlib import Path

import pytest

from coding_assist.service_names import NameMapper
from nlg.entries import parse_entry, parse_person
from nlg.levels import Level
from nlg.text import compose
from service.commands import phrase
from service.commands.service_names import find
from service.requests import SuggestionLine, read_line
from service.service_list import read_list

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = sorted(EXAMPLES.glob("*.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.name))
@pytest.mark.parametrize("level", list(Level))
def test_a_case_becomes_a_whole_text(path: Path, level: Level) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    assert len(case["entries"]) >= 12
    told = compose([parse_entry(raw) for raw in case["entries"]], parse_person(case["person"]), level)
    person = case["person"]
    spoken_of = {"third": person["name"], "second": "Du", "first": "Jag"}[person.get("address", "third")]
    assert spoken_of in told.phrase.text
    assert all(section.heading and section.text.endswith(".") for section in told.sections)


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.name))
def test_a_case_is_a_line_too(path: Path) -> None:
    assert phrase.answer(json.loads(path.read_text(encoding="utf-8")))["sections"]


def test_there_is_a_case() -> None:
    assert CASES


def test_notes_are_lines_that_can_be_read() -> None:
    lines = (EXAMPLES / "anteckningar.jsonl").read_text(encoding="utf-8").splitlines()
    notes = [json.loads(line) for line in lines]
    assert [read_line(SuggestionLine, note).text for note in notes] == [note["text"] for note in notes]
    assert len({note["id"] for note in notes}) == len(notes) >= 5


def test_a_list_of_services_gets_a_proposal_for_every_name_that_is_not_home_made() -> None:
    listed = read_list(EXAMPLES / "insatser.csv")
    mapper = NameMapper(find)
    assert [one.fault for one in listed] == [""] * 12
    assert [one.name for one in listed if not mapper.map(one.name).matches] in ([], ["Guldkant 1 tim/v"])


def test_readme_names_files_that_are_there() -> None:
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    named = {word.strip("`'\"") for word in readme.split() if word.strip("`'\"").startswith("examples/")}
    assert named
    assert [name for name in named if not (EXAMPLES.parent / name).exists()] == []
