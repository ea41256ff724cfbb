"""The bill of materials is that of the lock, and an audit never calls sound what was not looked at."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from phrases.errors import InputError
from service.commands import supply_chain
from service.commands.supply_chain import SOUND, UNKNOWN, VULNERABLE, verdict
from service.release import __version__

LOCK = Path(__file__).parents[2] / "requirements.lock"


def test_the_bill_of_materials_is_that_of_the_lock(capsys: pytest.CaptureFixture[str]) -> None:
    supply_chain.sbom()
    bill = json.loads(capsys.readouterr().out)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text(encoding="utf-8"), re.M))
    assert {component["name"]: component["version"] for component in bill["components"]} == locked
    assert all(component["externalReferences"][0]["hashes"] for component in bill["components"])
    root = bill["metadata"]["component"]
    assert (root["name"], root["version"]) == ("ordbro", __version__)
    (depends,) = (one["dependsOn"] for one in bill["dependencies"] if one["ref"] == root["bom-ref"])
    assert len(depends) > 10
    assert "serialNumber" not in bill, "it differs from one run to the next"
    assert "timestamp" not in bill["metadata"], "it differs from one run to the next"


SAFE = {"name": "safe", "version": "1", "vulns": []}
FAULTY = {"name": "faulty", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
HOPELESS = {"name": "hopeless", "version": "1", "vulns": [{"id": "CVE-2", "fix_versions": []}]}
SKIPPED = {"name": "skipped", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("packages", "status", "told"),
    [
        ([SAFE, SAFE], SOUND, "Inga kända sårbarheter i 2 låsta paket."),
        ([SAFE, FAULTY], VULNERABLE, "faulty 1: CVE-1, rättat i 2"),
        ([HOPELESS], VULNERABLE, "hopeless 1: CVE-2, ingen rättad version"),
        ([FAULTY, SKIPPED], VULNERABLE, "1 av 2 paket är inte granskade"),
        ([SAFE, SKIPPED], UNKNOWN, "1 av 2 paket är inte granskade"),
        ([], UNKNOWN, "Ingenting är granskat"),
    ],
)
def test_an_audit_says_what_it_knows(packages: list[Any], status: int, told: str) -> None:
    found = verdict(json.dumps({"dependencies": packages, "fixes": []}))
    assert found.status == status
    assert told in found.text


def test_an_audit_without_an_answer_says_so() -> None:
    assert verdict("").status == UNKNOWN
    assert "kunde inte nås" in verdict("").text


def test_the_lock_is_in_a_checkout_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(supply_chain, "CHECKOUT", tmp_path)
    with pytest.raises(InputError, match="utcheckning"):
        supply_chain.audit()
