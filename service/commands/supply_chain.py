"""`ordbro sbom` and `ordbro audit`: what Ordbro is made of, and whether anything is known against it.

Both speak of `requirements.lock`, which is what runs in production, and not of what happens to be installed.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import typer

from phrases.errors import InputError
from service.release import __version__

CHECKOUT: Final = Path(__file__).resolve().parents[2]
LOCK: Final = "requirements.lock"

SOUND, VULNERABLE, UNKNOWN = 0, 1, 2


def sbom() -> None:
    """Print the bill of materials as CycloneDX 1.6 (JSON); the same lock gives the same bytes."""
    made = _tool(
        "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml", "--output-reproducible", "--sv", "1.6", LOCK
    )
    if made.returncode:
        raise InputError(
            LOCK,
            "Förteckningen kunde inte göras. Kontrollera att låsfilen och pyproject.toml är oförändrade.",
            "The bill of materials could not be made. See that the lock file and pyproject.toml are unchanged.",
        )
    typer.echo(json.dumps(completed(json.loads(made.stdout), _asked_for()), ensure_ascii=False, indent=2))


def completed(bill: dict[str, Any], direct: Iterable[str]) -> dict[str, Any]:
    """The bill with what the tool cannot know: our version, and which packages we ask for ourselves."""
    for component in bill["components"]:
        del component["description"]  # the line of the lock file, hashes and all
    references = {component["name"]: component["bom-ref"] for component in bill["components"]}
    root = bill["metadata"]["component"]
    root["version"] = __version__
    for dependency in bill["dependencies"]:
        if dependency["ref"] == root["bom-ref"]:
            dependency["dependsOn"] = sorted(references[name] for name in direct)
    return bill


def _asked_for() -> list[str]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[\[<>=!~ ]", requirement)[0] for requirement in project["dependencies"]]


def audit() -> int:
    """Say whether any locked package has a known vulnerability: 0 none, 1 some, 2 not all could be looked up."""
    looked_up = _tool(
        "pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"
    )
    found = verdict(looked_up.stdout)
    typer.echo(found.text)
    return found.status


class Verdict(NamedTuple):
    """What to tell, and the status to end with."""

    text: str
    status: int


def verdict(answer: str) -> Verdict:
    """What pip-audit's answer says. It calls packages that it could not look up sound; here they are not."""
    try:
        packages = json.loads(answer)["dependencies"]
    except ValueError:  # it ends without an answer when its source cannot be reached
        packages = []
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    known = [
        f"{package['name']} {package['version']}: {fault['id']}, {_remedy(fault['fix_versions'])}"
        for package in packages
        for fault in package.get("vulns", ())
    ]
    if known:
        return Verdict("\n".join([*known, *_left_out(len(unknown), len(packages))]), VULNERABLE)
    if unknown or not packages:
        return Verdict("\n".join(_left_out(len(unknown), len(packages))), UNKNOWN)
    return Verdict(f"Inga kända sårbarheter i {len(packages)} låsta paket.", SOUND)


def _remedy(versions: list[str]) -> str:
    return f"rättat i {', '.join(versions)}" if versions else "ingen rättad version"


def _left_out(unknown: int, of: int) -> list[str]:
    if of == 0:
        return ["Ingenting är granskat: källan för sårbarheter kunde inte nås. Kör om där nätet är öppet."]
    if unknown == 0:
        return []
    return [f"{unknown} av {of} paket är inte granskade: källan för sårbarheter kunde inte nås eller kände dem inte."]


def _tool(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not (CHECKOUT / LOCK).is_file():
        raise InputError(
            LOCK,
            "Låsfilen finns bara i en utcheckning av projektet, inte i det installerade paketet.",
            "The lock file is only in a checkout of the project, not in the installed package.",
        )
    if find_spec(module) is None:
        raise InputError(
            module,
            "Verktyget är inte installerat. Kör kommandot som ./ordbro i en utcheckning, som hämtar det.",
            "The tool is not installed. Run the command as ./ordbro in a checkout, which fetches it.",
        )
    return subprocess.run(  # noqa: S603 (our own tools)
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
