"""Answer options, tracks and the check of a text, as users meet them."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.commands import options, phrase, plain_language
from service.settings import Settings
from tests.service.conftest import LOCAL, SpySuggester


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(Settings(), load=SpySuggester), base_url=LOCAL)


def test_answer_options_over_http(client: TestClient) -> None:
    answer = client.get("/ordbro/v1/answer-options?code=smb.rb")
    assert answer.status_code == 200
    first = answer.json()["options"][0]
    assert first == {
        "outcome": "done",
        "text": "Personalen har hjälpt NN att tvätta sig.",
        "entry": {"type": "activity", "ksi": "SMB.RB.ZZ", "status": "40"},
    }
    assert answer.headers["etag"]


@pytest.mark.parametrize("query", ["", "?code=YAA.35.ZZ", "?code=SMF.RA.ZZ"])
def test_codes_without_options_are_unknown(client: TestClient, query: str) -> None:
    answer = client.get(f"/ordbro/v1/answer-options{query}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_text_by_activity(client: TestClient) -> None:
    body = {"track": "activity", "level": "plain", "entries": [{"type": "activity", "ksi": "SOG.RA", "status": "55"}]}
    sections = client.post("/ordbro/v1/texts", json=body).json()["sections"]
    assert sections == [{"heading": "Städa bostaden", "text": "Personalen ska städa NN:s bostad."}]
    assert client.post("/ordbro/v1/texts", json={**body, "track": "chapter"}).status_code == 422


def test_a_line_may_choose_its_track() -> None:
    entries = [{"type": "activity", "ksi": "SOG.RA", "status": "55"}]
    assert phrase.answer({"entries": entries, "track": "activity"})["sections"][0]["heading"] == "Att städa bostaden"
    assert phrase.answer({"entries": entries}, None, "life_area")["sections"][0]["heading"] == "Hemliv"


def test_options_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    options.show("SOG.RA", "easy", "Anna", "hon", as_json=False)
    assert capsys.readouterr().out.splitlines()[0] == "- Personalen har städat hemma hos Anna."


def test_the_check_of_a_text_names_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "brev.txt"
    letter.write_text("Hej.\nInsatsen ska utföras i dag.\n", encoding="utf-8")
    assert plain_language.run(str(letter), "plain", None) is False
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "2:14 ”utföras”: Skriv vem som gör det, i stället för passiv form."


def test_a_text_without_remarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "brev.txt"
    letter.write_text("Vi hjälper dig att städa.\n", encoding="utf-8")
    assert plain_language.run(str(letter), "easy", None) is True
    assert capsys.readouterr().out == "LIX 25, 5 ord, längsta meningen 5 ord.\n"


def test_word_levels_from_a_kelly_list(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "brev.txt"
    letter.write_text("Vi ska konfirmera tiden.\n", encoding="utf-8")
    assert plain_language.run(str(letter), "easy", shared / "reference" / "kelly_sv.json") is False
    assert "konfirmera" in capsys.readouterr().out
