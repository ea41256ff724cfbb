"""The command line, in process; what must be a process of its own stands in test_processes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from service import cli, examples
from tests.service.conftest import Run, SpySuggester

SENTENCE = "NN har enligt handläggaren en måttlig svårighet att städa sin bostad."
ENTRY = {"type": "functioning", "icf": "d6402", "qualifier": 2, "moment": "assessed", "source": "caseworker"}
COMMANDS = [
    "serve",
    "phrase",
    "suggest",
    "map",
    "codes",
    "import",
    "check",
    "evaluate",
    "benchmark",
    "feedback",
    "keys",
    "options",
    "sbom",
    "audit",
    "test",
]


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "fall.json"
    path.write_text(json.dumps({"person": {"name": "Anna", "pronoun": "hon"}, "entries": [ENTRY]}), encoding="utf-8")
    return str(path)


# --- help


def test_help_lists_the_commands_in_swedish(ordbro: Run) -> None:
    assert ordbro("--help") == 0
    assert all(f"  {command} " in ordbro.out for command in COMMANDS)
    assert "från anteckning till KSI-" in ordbro.out
    assert "..." not in ordbro.out.split("Commands:")[1], "a line that is cut off"


def commands(group: Any, *names: str) -> Iterator[tuple[str, ...]]:
    """The group, and every command and group in it."""
    yield names
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *names, name)


@pytest.mark.parametrize("command", [*commands(typer.main.get_command(cli.app))], ids=" ".join)
def test_every_command_has_help_with_an_example(ordbro: Run, command: tuple[str, ...]) -> None:
    assert ordbro(*command, "--help") == 0
    assert " ".join(("ordbro", *command)) in ordbro.out.split("Exempel:")[1]


def test_the_version(ordbro: Run) -> None:
    assert ordbro("--version") == 0
    assert ordbro.out.startswith("Ordbro 0.")


def test_an_unknown_command_is_a_fault_of_usage(ordbro: Run) -> None:
    assert ordbro("frasera") == 2


# --- phrase


@pytest.mark.parametrize("written", [ENTRY, {"entry": ENTRY}, {"entry": ENTRY, "person": None, "level": "journal"}])
def test_an_entry_becomes_a_sentence(ordbro: Run, written: Any) -> None:
    assert ordbro("phrase", given=json.dumps(written)) == 0
    assert ordbro.out == SENTENCE + "\n"


def test_a_case_becomes_a_text_with_headings(ordbro: Run, case: str) -> None:
    assert ordbro("phrase", case, "--level", "plain") == 0
    assert ordbro.out == "Hemliv\nHandläggaren bedömer att Anna har ganska svårt att städa sin bostad.\n"


def test_a_list_of_entries_is_a_case_without_a_person(ordbro: Run) -> None:
    assert ordbro("phrase", "-", given=json.dumps([ENTRY, ENTRY])) == 0
    assert ordbro.out.startswith("Hemliv\nNN har")


def test_a_phrase_as_json_has_all_that_traces_it(ordbro: Run) -> None:
    assert ordbro("phrase", "--json", given=json.dumps(ENTRY)) == 0
    (told,) = ordbro.lines
    assert told["text"] == SENTENCE
    assert {"level", "phrase_id", "versions", "readability", "terms"} <= told.keys()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (b"{", "Texten är inte giltig JSON."),
        (b'{"entry": {"type": "functioning", "icf": "\xe5"}}', "Texten ska vara UTF-8."),
        (b'{"type": "functioning", "icf": "d6402", "qualifier": 7}', "qualifier: "),
        (b'{"type": "functioning", "icf": "d6402.2", "qualifier": 3}', "qualifier: "),
        (b'{"type": "activity", "ksi": "SMF.RA.ZZ", "status": "40"}', "ksi: "),
        (b'{"type": "activity", "ksi": "SMF.RB.ZZ", "status": "99"}', "status: "),
        (b'{"type": "functioning", "icf": "d99999", "qualifier": 1}', "icf: "),
        (b'{"entries": [{"type": "functioning", "icf": "d6402"}]}', "entries.0.qualifier: "),
        (b'{"entries": []}', "entries: "),
        (b'{"entry": {}, "entries": [{}]}', "entry: "),
        (b"{}", "entry: "),
        (b"17", "Här ska det vara ett JSON-objekt."),
        (b"", "Texten är inte giltig JSON."),
    ],
)
def test_bad_input_is_one_sentence_that_names_the_field(ordbro: Run, given: bytes, told: str) -> None:
    assert ordbro("phrase", given=given) == 1
    assert ordbro.out == ""
    assert ordbro.err.startswith(f"ordbro: {told}")
    assert len(ordbro.err.splitlines()) == 1


@pytest.mark.parametrize("missing", ["finns-inte.json", "."])
def test_a_file_that_cannot_be_read_is_told(ordbro: Run, missing: str) -> None:
    assert ordbro("phrase", missing) == 1
    assert ordbro.err == "ordbro: file: Filen finns inte, eller går inte att läsa.\n"


def test_lines_of_phrases(ordbro: Run) -> None:
    lines = [
        {"id": "a", "entry": ENTRY},
        {"id": 2, "entry": ENTRY, "level": "easy", "person": {"name": "Bo", "pronoun": "han"}},
        {"id": 3, "entry": {**ENTRY, "qualifier": 7}},
        {"id": 4, "entries": [ENTRY]},
    ]
    assert ordbro("phrase", "--jsonl", given="\n".join(json.dumps(line) for line in lines)) == 1
    first, second, third, fourth = ordbro.lines
    assert (first["id"], first["text"], first["level"]) == ("a", SENTENCE, "journal")
    assert (second["id"], second["level"], second["text"][:3]) == (2, "easy", "Bo ")
    assert (third["id"], third["error"]["field"]) == (3, "qualifier")
    assert (fourth["id"], [section["heading"] for section in fourth["sections"]]) == (4, ["Hemliv"])


def test_a_level_is_for_lines_that_name_none(ordbro: Run) -> None:
    lines = [{"entry": ENTRY}, {"entry": ENTRY, "level": "journal"}]
    assert ordbro("phrase", "--jsonl", "--level", "easy", given="\n".join(json.dumps(line) for line in lines)) == 0
    assert [line["level"] for line in ordbro.lines] == ["easy", "journal"]


# --- suggest


@pytest.mark.parametrize(
    ("arguments", "given"),
    [(["Hjälpte NN."], ""), (["-"], "Hjälpte NN.\n"), ([], "Hjälpte NN."), (["--file", "FILE"], "")],
)
def test_a_note_comes_from_anywhere(
    ordbro: Run, notes: SpySuggester, tmp_path: Path, arguments: list[str], given: str
) -> None:
    path = tmp_path / "not.txt"
    path.write_text("Hjälpte NN.\n", encoding="utf-8")
    arguments = [argument.replace("FILE", str(path)) for argument in arguments]
    assert ordbro("suggest", *arguments, "--selection", "ÄOU", "--top", "3", given=given) == 0
    assert notes.asked == [("Hjälpte NN.", "ÄOU", 3)]


def test_suggestions_for_people(ordbro: Run, notes: SpySuggester) -> None:
    ordbro("suggest", "Hjälpte NN att duscha")
    assert ordbro.out.splitlines() == [
        "✓ SMB.RB.ZZ  Praktiskt stöd i att tvätta sig",
        "  Personalen ska hjälpa NN att tvätta sig.",
        "  40 genomförd, 93 %: ”Hjälpte NN att duscha”",
    ]


def test_a_warning_says_where_and_not_what(ordbro: Run, notes: SpySuggester, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = {"code": "phone_number", "message": "Ett nummer.", "start": 13, "end": 26}
    monkeypatch.setitem(examples.SUGGESTIONS, "warnings", [warning])
    ordbro("suggest", given="Duschade.\nnr 070-123 45 67")
    assert ordbro.out.splitlines()[-1] == "Obs! 2:4 Ett nummer."


def test_suggestions_as_json(ordbro: Run, notes: SpySuggester) -> None:
    ordbro("suggest", "--json", "Hjälpte NN att duscha")
    assert [suggestion["code"] for suggestion in ordbro.lines[0]["suggestions"]] == ["SMB.RB.ZZ"]


def test_lines_of_notes(ordbro: Run, notes: SpySuggester) -> None:
    lines = [
        '{"id": "A-1", "text": "dusch", "selection": "FunkU", "gold": []}',
        '{"id": "A-2"}',
        "x",
        '{"text": "mat"}',
    ]
    assert ordbro("suggest", "--jsonl", "--selection", "ÄOU", given="\n".join(lines)) == 1
    assert [line["id"] for line in ordbro.lines] == ["A-1", "A-2", None, None]
    assert [line.get("error", {}).get("field") for line in ordbro.lines] == [None, "text", "line", None]
    assert notes.asked == [("dusch", "FunkU", 8), ("mat", "ÄOU", 8)]


@pytest.mark.parametrize("given", ["", "   \n", "a" * 1_000_000])
def test_a_note_that_is_empty_or_too_long_is_refused(ordbro: Run, notes: SpySuggester, given: str) -> None:
    assert ordbro("suggest", given=given) == 1
    assert ordbro.err.startswith("ordbro: text: ")
    assert notes.asked == []


def test_text_and_file_exclude_each_other(ordbro: Run) -> None:
    assert ordbro("suggest", "text", "--file", "not.txt") == 2


def test_a_fault_of_ours_tells_nothing_of_the_note(ordbro: Run, notes: SpySuggester) -> None:
    notes.fails = True
    assert ordbro("suggest", "hemlig anteckning") == 70
    assert ordbro.err.startswith("ordbro: internt fel (RuntimeError i tests.service.conftest:")
    assert "hemlig" not in ordbro.err


# --- codes


def test_a_search_lists_codes(ordbro: Run) -> None:
    assert ordbro("codes", "search", "trygghetsl", "--limit", "1") == 0
    assert ordbro.out == "YAA.35.ZZ  Trygghetslarm\n"


def test_a_search_that_finds_nothing_is_status_1(ordbro: Run) -> None:
    assert ordbro("codes", "search", "qqqqqqqq") == 1
    assert (ordbro.out, ordbro.err) == ("", "Ingen kod hittades.\n")


def test_a_search_as_json(ordbro: Run) -> None:
    assert ordbro("codes", "search", "städa", "bost", "--system", "icf", "--json") == 0
    assert "d6402" in [code["code"] for code in ordbro.lines[0]["codes"]]


@pytest.mark.parametrize("written", ["SOG.RB.ZZ", "sog.rb", "SOG RB ZZ"])
def test_a_code_is_shown_in_any_writing(ordbro: Run, written: str) -> None:
    assert ordbro("codes", "show", written) == 0
    assert ordbro.out.startswith("SOG.RB.ZZ  Praktiskt stöd i att städa bostaden\n")
    assert "d6402  Att städa bostaden" in ordbro.out


def test_an_unknown_code_says_what_there_is(ordbro: Run) -> None:
    assert ordbro("codes", "show", "SMF.RA") == 1
    assert ordbro.err.startswith("ordbro: code: Det agerandet finns inte")
    assert "SMF.RB.ZZ" in ordbro.err


# --- import, check, evaluate


def test_imported_descriptions_are_shown(
    ordbro: Run, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import codebook

    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path))
    codebook.descriptions.cache_clear()
    assert ordbro("import", str(shared / "official" / "ksi.tsv")) == 0
    assert str(tmp_path) in ordbro.out
    assert ordbro("codes", "show", "SOG.RB.ZZ") == 0
    codebook.descriptions.cache_clear()
    assert "(Socialstyrelsen): " in ordbro.out


def test_an_official_file_that_is_none_is_refused(ordbro: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path))
    (tmp_path / "fel.xlsx").write_bytes(b"inte en arbetsbok")
    assert ordbro("import", str(tmp_path / "fel.xlsx")) == 1
    assert ordbro.err.startswith("ordbro: file: ")


def test_the_bank_is_checked(ordbro: Run) -> None:
    assert ordbro("check") == 0
    assert ordbro.out == "Filerna följer skrivreglerna, och alla fraser blir hela.\n"


def test_a_fault_in_the_bank_is_told(ordbro: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.commands.check.check_bank", lambda: ["SMB plain.does: Skriv en lucka."])
    assert ordbro("check") == 1
    assert ordbro.out == "SMB plain.does: Skriv en lucka.\n1 anmärkningar.\n"


def test_figures_on_labelled_notes(ordbro: Run, notes: SpySuggester, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    note = {"id": 1, "text": "dusch", "selection": "ÄOU", "profile": "clean"}
    gold = [{"target": "SMB", "actions": ["RB"], "status": ["40"], "evidence": "dusch"}]
    path.write_text(json.dumps({**note, "gold": gold}) + "\n\n", encoding="utf-8")
    assert ordbro("evaluate", str(path)) == 0
    (figures,) = ordbro.lines
    assert figures["all"]["targetF1"] == 1.0
    assert figures.keys() == {"all", "clean"}
    assert ordbro("evaluate", "--targets", "--noise", str(path)) == 0
    (figures,) = ordbro.lines
    assert figures["by_target"] == {"SMB": {"activities": 1, "proposed": 1, "precision": 1.0, "recall": 1.0}}
    assert list(figures["noised"]) == ["0.0", "0.1", "0.2", "0.4"]
    assert figures["noised"]["0.0"] == figures["all"]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "dusch"}', '{"text": 1, "gold": []}'])
def test_a_line_that_is_no_labelled_note_is_named(ordbro: Run, tmp_path: Path, line: str) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"text": "a", "gold": []}\n' + line, encoding="utf-8")
    assert ordbro("evaluate", str(path)) == 1
    assert ordbro.err.startswith("ordbro: line 2: ")


# --- local files


def test_check_tells_what_is_wrong_in_the_local_files(
    ordbro: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path))
    (tmp_path / "local_names.yaml").write_text("Städ: SOG.XX\n", encoding="utf-8")
    (tmp_path / "action_types.yaml").write_text("planering: {way: 5}\n", encoding="utf-8")
    assert ordbro("check") == 1
    assert ordbro.out.splitlines()[:2] == [
        "local_names.yaml: Städ: Det agerandet finns inte för inriktningen SOG i KSI 2025.",
        "action_types.yaml: planering: way ska vara 1, 2 eller 3, och actions en lista med agerandetyper",
    ]


# --- map


def test_a_list_becomes_a_review_sheet_and_that_local_names(
    ordbro: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path / "data"))
    (tmp_path / "lista.csv").write_text("Insats\nDusch 2 ggr/v\nGuldkant\n", encoding="utf-8")
    assert ordbro("map", str(tmp_path / "lista.csv")) == 0
    assert ordbro.out.startswith("2 rader: ")
    assert ordbro.err == ""
    sheet = tmp_path / "lista-granska.xlsx"
    assert ordbro.out.endswith(f"ordbro map --read {sheet}\n")
    book = openpyxl.load_workbook(sheet)
    for row, decision in ((2, "SMB.RB"), (3, "SXC.RX")):
        book.worksheets[0].cell(row, 3).value = decision
    book.save(sheet)
    assert ordbro("map", "--read", str(sheet)) == 1
    assert ordbro.err.startswith("rad 3, kolumn C: ")
    assert ordbro.out.startswith("1 namn med kod, 0 utan kod som passar, 0 obestämda, 1 fel.")
    names = (tmp_path / "data" / "local_names.yaml").read_text(encoding="utf-8")
    assert "Dusch 2 ggr/v: SMB.RB.ZZ" in names
    (tmp_path / "file").touch()
    monkeypatch.setenv("ORDBRO_DATA", str(tmp_path / "file" / "data"))
    assert ordbro("map", "--read", str(sheet)) == 1
    assert "ORDBRO_DATA: De lokala namnen går inte att spara." in ordbro.err
    assert ordbro("map", str(tmp_path / "lista.csv")) == 1  # decisions are not written over
    assert "--out" in ordbro.err


def test_map_wants_a_list_or_a_reviewed_sheet(ordbro: Run) -> None:
    assert ordbro("map") == 2
    assert ordbro("map", "a.csv", "--read", "b.xlsx") == 2


# --- keys


@pytest.fixture
def keys_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "nycklar.json"
    monkeypatch.setenv("ORDBRO_KEYS_FILE", str(file))
    return file


def test_a_key_is_shown_once_alone_on_standard_output(ordbro: Run, keys_file: Path) -> None:
    assert ordbro("keys", "create", "Journalsystemet", "--scope", "suggestions", "--scope", "phrases") == 0
    (key,) = ordbro.out.splitlines()
    assert key.startswith("ordbro_")
    id_ = key.split("_")[1]
    assert ordbro.err.startswith(f"Nyckel {id_} för Journalsystemet (profil standard) ger: phrases, suggestions.\n")
    secret = key.removeprefix(f"ordbro_{id_}_")
    assert ordbro("keys", "list") == 0
    assert ordbro.out.startswith(f"{id_}  Journalsystemet  phrases, suggestions  profil standard  skapad 20")
    assert ordbro.out.endswith("  gäller\n")
    assert secret not in ordbro.out + keys_file.read_text(encoding="utf-8")


def test_a_key_is_revoked_and_stays_listed(ordbro: Run, keys_file: Path) -> None:
    assert ordbro("keys", "create", "A", "--scope", "admin", "--profile", "drift", "--selection", "äou") == 0
    id_ = ordbro.out.split("_")[1]
    assert ordbro("keys", "revoke", id_) == 0
    assert ordbro.err == "Nyckeln är spärrad och gäller inte från och med nästa anrop.\n"
    assert ordbro("keys", "list", "--json") == 0
    (row,) = ordbro.lines[0]["keys"]
    assert row.keys() == {"id", "name", "scopes", "profile", "created", "revoked"}
    assert (row["id"], row["profile"]) == (id_, "drift")
    assert row["revoked"] >= row["created"]


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("create", "  ", "--scope", "phrases"), "name"),
        (("create", "a" * 81, "--scope", "phrases"), "name"),
        (("create", "A", "--scope", "phrases", "--profile", ""), "profile"),
        (("create", "A", "--scope", "phrases", "--selection", "finns inte"), "selection"),
        (("revoke", "00000000"), "id"),
        (("list",), "ORDBRO_KEYS_FILE"),
    ],
)
def test_a_fault_about_keys_is_one_sentence(
    ordbro: Run, keys_file: Path, arguments: tuple[str, ...], field: str
) -> None:
    assert ordbro("keys", *arguments) == 1
    assert ordbro.err.startswith(f"ordbro: {field}: ")
    assert len(ordbro.err.splitlines()) == 1
    assert not keys_file.exists()


def test_a_key_needs_a_scope_that_exists(ordbro: Run, keys_file: Path) -> None:
    assert ordbro("keys", "create", "A") == 2
    assert ordbro("keys", "create", "A", "--scope", "allt") == 2
    assert not keys_file.exists()


def test_without_a_file_of_keys_the_setting_is_named(ordbro: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORDBRO_KEYS_FILE", raising=False)
    assert ordbro("keys", "list") == 1
    assert ordbro.err == (
        "ordbro: ORDBRO_KEYS_FILE: Inställningen saknas. Ange var nycklarna ska finnas: --file FIL, eller keys_file i "
        "inställningarna.\n"
    )


def test_a_service_for_others_does_not_start_without_keys(ordbro: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORDBRO_KEYS_FILE", raising=False)
    assert ordbro("serve", "--host", "0.0.0.0", "--port", "0") == 1
    assert ordbro.err.startswith("ordbro: ORDBRO_KEYS_FILE: Tjänsten får inte vara öppen för andra datorer utan")
    assert "ordbro keys create" in ordbro.err
