"""A TypeScript client, generated from docs/openapi.json with public tools, compiles strictly and makes both calls.

It needs npm's registry, so it is run when asked for: `ORDBRO_NPM=1 ordbro test -k typescript`. Nothing is installed
into the repository.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
EXAMPLE = CHECKOUT / "examples" / "typescript"

Run = Callable[..., str]


def test_the_example_pins_its_tools() -> None:
    """The same tools, whenever it is run; a lock file would name a registry."""
    versions = re.findall(r'": "(\d+\.\d+\.\d+)"', (EXAMPLE / "package.json").read_text(encoding="utf-8"))
    assert len(versions) == 4
    assert not (EXAMPLE / "package-lock.json").exists()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a copy of the example with its packages installed."""
    folder = tmp_path / "typescript"
    shutil.copytree(EXAMPLE, folder)
    shutil.copy(CHECKOUT / "docs" / "openapi.json", folder)

    def execute(*command: str) -> str:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    execute("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts")
    return execute


@pytest.mark.skipif(not os.environ.get("ORDBRO_NPM"), reason="needs npm's registry: set ORDBRO_NPM=1 to run it")
@pytest.mark.skipif(not (shutil.which("node") and shutil.which("npm")), reason="node and npm are not installed")
def test_a_generated_client_compiles_and_makes_both_calls(run: Run, served: tuple[str, str]) -> None:
    address, _ = served
    run("npm", "run", "build")
    told = run("node", "out/exempel.js", address).splitlines()
    assert told[0] == "NN har enligt handläggaren en måttlig svårighet att städa sin bostad."
    assert told[2].startswith("SMB.RB.ZZ Praktiskt stöd i att tvätta sig, genomförd: ")
