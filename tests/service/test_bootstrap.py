"""`./ordbro`, the bootstrap: with a stand-in for Python that notes what it is asked, and never the network."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

# Plays Python: answers the probe, makes a "virtual environment" with itself in it, and notes installs and runs.
STAND_IN = """#!/bin/sh
case "$1$2" in
    -c*) printf '%s\\n' "${PROBE:-good $0}" ;;
    -mvenv)
        for last; do :; done
        [ "$BREAK" != venv ] || exit 1
        rm -rf "$last"
        mkdir -p "$last/bin"
        cp "$0" "$last/bin/python"
        echo venv >>"$NOTES" ;;
    -mpip)
        shift 2
        echo "pip ${*##*/}" >>"$NOTES"
        case "$*" in *"$BREAK"*) [ -z "$BREAK" ] || exit 1 ;; esac ;;
    *) echo "run $*" >>"$NOTES" ;;
esac
"""
# All that the bootstrap and the stand-in may use; above all no Python of this machine.
TOOLS = ("cat", "cmp", "cp", "dirname", "ln", "mkdir", "readlink", "rm", "sh", "sleep")
FIRST = ["venv", "pip requirements.lock", "pip project"]


class Checkout:
    """A checkout with nothing in it but what the bootstrap reads."""

    def __init__(self, home: Path, path: Path, notes: Path) -> None:
        self.home, self.notes = home, notes
        self.environment = {"PATH": str(path), "NOTES": str(notes), "BREAK": ""}
        self.err = ""

    def __call__(self, *arguments: str, cwd: Path | None = None, **environment: str) -> int:
        self.notes.write_text("", encoding="utf-8")
        done = subprocess.run(
            [self.home / "ordbro", *arguments],
            cwd=cwd or self.home,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        self.err = done.stderr
        return done.returncode

    @property
    def did(self) -> list[str]:
        """What the stand-in was asked, in order."""
        return [_short(line) for line in self.notes.read_text(encoding="utf-8").splitlines()]


def _short(line: str) -> str:
    if line.startswith("pip "):
        wanted = next((name for name in ("requirements.lock", "requirements-dev.lock") if name in line), "project")
        return f"pip {wanted}"
    return line


def make(home: Path, tools: Path, *names: str) -> Checkout:
    home.mkdir(parents=True)
    tools.mkdir()
    for name in ("ordbro", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(CHECKOUT / name, home / name)
    for tool in TOOLS:
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    for name in names:
        (tools / name).write_text(STAND_IN, encoding="utf-8")
        (tools / name).chmod(0o755)
    return Checkout(home, tools, tools / "notes")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return make(tmp_path / "en katalog åäö", tmp_path / "tools", "python3")


def test_the_first_call_installs_and_later_calls_start_at_once(checkout: Checkout) -> None:
    assert checkout("phrase", "a b.json") == 0
    assert checkout.did == [*FIRST, "run -P -m service phrase a b.json"]
    assert len(checkout.err.splitlines()) == 2
    assert checkout("phrase") == 0
    assert checkout.did == ["run -P -m service phrase"]
    assert checkout.err == ""


def test_it_works_from_any_directory_and_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "länk"
    link.symlink_to(checkout.home / "ordbro")
    assert checkout("--help", cwd=Path("/")) == 0
    done = subprocess.run(
        [link, "--version"],
        cwd="/",
        env=checkout.environment,
        check=False,
    )
    assert done.returncode == 0
    assert checkout.did[-1] == "run -P -m service --version"


def test_the_tests_fetch_their_own_tools_once(checkout: Checkout) -> None:
    assert checkout("test") == 0
    assert checkout.did == [*FIRST, "pip requirements-dev.lock", "run -P -m service test"]
    assert checkout("test", "-k", "x") == 0
    assert checkout.did == ["run -P -m service test -k x"]


def test_a_changed_lock_makes_the_environment_anew(checkout: Checkout) -> None:
    checkout("test")
    with (checkout.home / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# new\n")
    assert checkout("phrase") == 0
    assert checkout.did == [*FIRST, "run -P -m service phrase"]
    assert checkout("test") == 0
    assert checkout.did == ["pip requirements-dev.lock", "run -P -m service test"]


def test_a_changed_lock_of_the_tests_fetches_only_that(checkout: Checkout) -> None:
    checkout("test")
    with (checkout.home / "requirements-dev.lock").open("a", encoding="utf-8") as lock:
        lock.write("# new\n")
    checkout("phrase")
    assert checkout.did == ["run -P -m service phrase"]
    checkout("test")
    assert checkout.did == ["pip requirements-dev.lock", "run -P -m service test"]


def test_a_moved_checkout_is_made_anew(checkout: Checkout, tmp_path: Path) -> None:
    checkout("phrase")
    checkout.home = checkout.home.rename(tmp_path / "flyttad")
    assert checkout("phrase") == 0
    assert checkout.did == [*FIRST, "run -P -m service phrase"]


@pytest.mark.parametrize("broken", ["requirements.lock", "--editable"])
def test_a_half_made_environment_is_repaired_by_the_next_call(checkout: Checkout, broken: str) -> None:
    assert checkout("phrase", BREAK=broken) == 1
    assert "run -P -m service phrase" not in checkout.did
    assert checkout("phrase") == 0
    assert checkout.did == [*FIRST, "run -P -m service phrase"]


def test_an_environment_whose_python_is_gone_is_repaired(checkout: Checkout) -> None:
    checkout("phrase")
    (checkout.home / ".venv" / "bin" / "python").unlink()
    assert checkout("phrase") == 0
    assert checkout.did == [*FIRST, "run -P -m service phrase"]


def test_a_lock_left_by_a_dead_process_is_broken(checkout: Checkout) -> None:
    (checkout.home / ".venv.lock").symlink_to("999999999")
    assert checkout("phrase") == 0
    assert not (checkout.home / ".venv.lock").is_symlink()


def test_no_lock_is_left_behind(checkout: Checkout) -> None:
    checkout("phrase", BREAK="requirements.lock")
    checkout("phrase")
    assert not (checkout.home / ".venv.lock").is_symlink()


@pytest.mark.parametrize(
    ("environment", "swedish", "english"),
    [
        ({"PROBE": "old"}, "Python är för gammal: installera Python 3.11 eller nyare.", "Python is too old"),
        ({"PROBE": "bare"}, "Pythons modul venv saknas", "venv module is missing"),
        ({"BREAK": "venv"}, "Den virtuella miljön .venv kunde inte skapas.", "could not be made"),
        ({"BREAK": "requirements.lock"}, "första starten behöver nätet", "the first start needs the network"),
        ({"BREAK": "--editable"}, "Ordbro kunde inte installeras", "could not be installed"),
    ],
)
def test_each_hindrance_is_one_sentence_in_both_languages(
    checkout: Checkout, environment: dict[str, str], swedish: str, english: str
) -> None:
    assert checkout("phrase", cwd=None, **environment) == 1
    told = checkout.err.splitlines()[-2:]
    assert told[0].startswith("ordbro: ") and swedish in told[0]
    assert english in told[1]


def test_without_any_python_it_says_so(tmp_path: Path) -> None:
    checkout = make(tmp_path / "home", tmp_path / "tools")
    assert checkout("phrase") == 1
    assert checkout.err.splitlines() == [
        "ordbro: Python saknas: installera Python 3.11 eller nyare.",
        "        Python is missing: install Python 3.11 or newer.",
    ]


def test_a_python_that_does_not_run_is_passed_over_for_one_that_does(tmp_path: Path) -> None:
    checkout = make(tmp_path / "home", tmp_path / "tools", "python3.12")
    stub = tmp_path / "tools" / "python3"
    stub.write_text("#!/bin/sh\necho 'pyenv: python3: command not found' >&2\nexit 127\n", encoding="utf-8")
    stub.chmod(0o755)
    assert checkout("phrase") == 0


def test_another_python_can_be_chosen(tmp_path: Path) -> None:
    checkout = make(tmp_path / "home", tmp_path / "tools", "min-python")
    assert checkout("phrase", ORDBRO_PYTHON="min-python") == 0
    assert checkout.did == [*FIRST, "run -P -m service phrase"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_checkout_that_cannot_be_written_says_so(checkout: Checkout) -> None:
    checkout.home.chmod(0o555)
    assert checkout("phrase") == 1
    assert "kan inte skriva" in checkout.err


def test_the_real_probe_knows_this_python() -> None:
    """The probe is Python in a shell script: it must run under every Python, and this one is good."""
    script = (CHECKOUT / "ordbro").read_text(encoding="utf-8")
    probe = script.split("probe='")[1].split("'\n")[0]
    answer = subprocess.run(["python3", "-c", probe], capture_output=True, text=True, check=True).stdout
    assert answer.split()[0] in {"good", "bare"}
