"""The command line as processes: what they import, how they stand in a pipe, and the service over HTTP."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ORDBRO = [sys.executable, "-P", "-m", "service"]
ENTRY = '{"type":"functioning","icf":"d6402","qualifier":2,"moment":"assessed","source":"caseworker"}'
HEAVY = {
    "fastapi",
    "numpy",
    "httpx2",
    "openpyxl",
    "pydantic",
    "rich",
    "scipy",
    "sklearn",
    "sqlalchemy",
    "structlog",
    "uvicorn",
    "yaml",
}


def imported_by(*arguments: str, given: str = "") -> set[str]:
    """The top-level modules that a call has imported when it ends."""
    code = "import atexit, sys; atexit.register(lambda: print('\\n' + ' '.join(sys.modules), file=sys.stderr))\n"
    code += f"sys.argv[1:] = {list(arguments)!r}\nfrom service.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, check=False)
    return {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert imported_by(*arguments) & HEAVY == set()


@pytest.mark.parametrize("command", ["phrase", "suggest", "serve", "benchmark"])
def test_help_of_a_command_imports_only_what_typer_reads_options_with(command: str) -> None:
    assert imported_by(command, "--help") & HEAVY <= {"pydantic"}


def test_a_phrase_imports_no_server_and_nothing_learned() -> None:
    modules = imported_by("phrase", given=ENTRY)
    assert "nlg" in modules
    assert modules.isdisjoint({"fastapi", "uvicorn", "structlog", "numpy", "sklearn", "models", "coding_assist"})


def test_a_look_up_imports_no_server_and_nothing_learned() -> None:
    modules = imported_by("codes", "show", "SOG")
    assert modules.isdisjoint({"fastapi", "uvicorn", "structlog", "numpy", "sklearn", "models", "coding_assist"})


def test_a_service_that_gets_no_feedback_imports_no_database() -> None:
    code = "import sys; from service.server import run; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = {name.split(".")[0] for name in done.stdout.split()}
    assert "fastapi" in modules
    assert modules.isdisjoint({"sqlalchemy", "alembic", "psycopg", "sqlite3"})


def test_the_server_says_how_many_threads_before_numpy_is_there() -> None:
    """OpenBLAS reads OPENBLAS_NUM_THREADS once, when numpy is imported; `server.run` sets it before the model is."""
    code = "import sys, service.server; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_utf_8_goes_through_whatever_the_locale_says() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    line = f'{{"id":"å","entry":{ENTRY},"person":{{"name":"Åke"}}}}\n'.encode()
    done = subprocess.run([*ORDBRO, "phrase", "--jsonl"], input=line, capture_output=True, check=True, env=environment)
    answer = json.loads(done.stdout.decode("utf-8"))
    assert (answer["id"], answer["text"][:3]) == ("å", "Åke")
    done = subprocess.run([*ORDBRO, "phrase"], input=ENTRY.encode(), capture_output=True, check=True, env=environment)
    assert "måttlig svårighet" in done.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_fault_of_ours() -> None:
    lines = (f'{{"id":1,"entry":{ENTRY}}}\n' * 3000).encode()
    command = f"'{sys.executable}' -P -m service phrase --jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", command], input=lines, capture_output=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


def test_the_callers_directory_is_not_searched_for_modules(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('wrong json')", encoding="utf-8")
    done = subprocess.run([*ORDBRO, "phrase"], input=ENTRY.encode(), capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0


def test_serve_prints_the_address_and_a_call_that_works(served: tuple[str, str]) -> None:
    address, welcome = served
    assert f"Ordbro finns på {address}/" in welcome
    command = welcome.split("Ett anrop att prova:\n")[1]
    answer = subprocess.run(["sh", "-c", command], capture_output=True, check=True).stdout
    assert json.loads(answer)["phrases"][0]["text"].endswith("svårighet att städa sin bostad.")


def test_serve_answers_both_main_jobs(served: tuple[str, str]) -> None:
    address, _ = served

    def post(path: str, body: object) -> dict[str, list[dict[str, object]]]:
        request = urllib.request.Request(
            f"{address}/ordbro/v1/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            told: dict[str, list[dict[str, object]]] = json.load(answer)
            return told

    assert post("phrases", {"entries": [json.loads(ENTRY)]})["phrases"][0]["level"] == "journal"
    found = post("suggestions", {"text": "Hjälpte NN att duscha.", "selection": "ÄOU"})["suggestions"]
    assert str(found[0]["code"]).startswith("SMB.")


def test_a_port_in_use_is_one_sentence(served: tuple[str, str]) -> None:
    port = served[0].rsplit(":", 1)[1]
    done = subprocess.run([*ORDBRO, "serve", "--port", port], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr == (
        "ordbro: port: Adressen kan inte användas: porten är upptagen, eller adressen är inte datorns. "
        "Välj en annan med --port.\n"
    )
