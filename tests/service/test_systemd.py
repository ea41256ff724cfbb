"""systemd is told when the service is ready, and the unit and the container are what they say."""

import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from service.settings import Settings, read_settings
from service.systemd import notify

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "docs" / "ordbro.service"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ROOMS = ("phrases", "nlg", "models", "coding_assist", "service")


def test_readiness_is_told_where_systemd_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify("READY=1")
        assert listening.recv(100) == b"READY=1"


def test_nothing_is_told_where_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify("READY=1")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_is_one_and_leaves_the_service_little() -> None:
    told = subprocess.run(["systemd-analyze", "verify", UNIT], capture_output=True, text=True, check=False).stderr
    assert [line for line in told.splitlines() if "is not executable" not in line] == []
    audit = ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", str(UNIT)]
    assert subprocess.run(audit, capture_output=True, check=False).returncode == 0


def test_the_example_of_a_settings_file_can_be_read() -> None:
    assert read_settings(config=ROOT / "docs" / "ordbro.toml").workers == 2


def test_unit_and_container_set_what_there_is_to_set() -> None:
    named = set(re.findall(r"ORDBRO_([A-Z_]+)=", UNIT.read_text(encoding="utf-8") + DOCKERFILE))
    assert {name.lower() for name in named} - {"data"} <= Settings.model_fields.keys()


def test_the_container_has_every_room_and_not_the_rights_of_root() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {name for line in copied for name in line.split()}
    assert set(ROOMS) <= sources
    assert all((ROOT / name).exists() for name in sources)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in sources} <= set(ignored)
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["10001:10001"]
