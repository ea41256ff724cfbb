"""The file of keys: whole, private, readable to those who could read it, and changed by one at a time."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from phrases.errors import InputError
from service.access import keyfile
from service.access.keys import Keys
from service.access.scopes import Scope
from tests.service.access.conftest import Site


def test_the_first_key_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    site = Site(tmp_path / "ny" / "nycklar.json")
    shown = site.key(Scope.PHRASES)
    assert stat.S_IMODE(site.path.stat().st_mode) == 0o600
    assert keyfile.read_keys(site.path).caller(shown)
    assert list(site.path.parent.iterdir()) == [site.path]


def test_a_person_can_read_the_file(site: Site) -> None:
    site.key(Scope.PHRASES, profile="hemtjänst", selection="ÄOU")
    text = site.path.read_text(encoding="utf-8")
    assert '"hemtjänst": {\n      "selection": "ÄOU"\n    }' in text
    assert text.endswith("}\n")


def test_who_could_read_the_file_can_read_it_afterwards(site: Site) -> None:
    site.key(Scope.PHRASES)
    site.path.chmod(0o640)
    site.key(Scope.PHRASES)
    assert stat.S_IMODE(site.path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "länk.json"
    link.symlink_to(tmp_path / "nycklar.json")
    Site(link).key(Scope.PHRASES)
    assert link.is_symlink()
    assert len(keyfile.read_keys(tmp_path / "nycklar.json").keys) == 1


def test_no_key_is_lost_when_many_are_made_at_once(site: Site) -> None:
    with ThreadPoolExecutor(8) as threads:
        shown = list(threads.map(lambda _: site.key(Scope.PHRASES), range(24)))
    keys = keyfile.read_keys(site.path)
    assert len(keys.keys) == 24
    assert all(keys.caller(key) for key in shown)


def test_a_change_that_fails_leaves_the_file_as_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.key(Scope.PHRASES)
    before = site.path.read_bytes()

    def full(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("service.access.keyfile.os.fsync", full)
    with pytest.raises(InputError, match="går inte att skriva"):
        site.key(Scope.PHRASES)
    assert site.path.read_bytes() == before
    assert list(site.path.parent.iterdir()) == [site.path]


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^ORDBRO_KEYS_FILE: Nyckelfilen finns inte .* ordbro keys create"):
        keyfile.read_keys(tmp_path / "nej.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        "Qvxz".encode("utf-16"),
        json.dumps({"keys": [{"Qvxz": "Qvxz"}]}).encode(),
        json.dumps({"profiles": {"p": {"selection": "Qvxz"}}}).encode(),
        b" " * 4_000_001,
    ],
)
def test_a_damaged_file_is_not_guessed_at_quoted_or_written_over(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "nycklar.json"
    file.write_bytes(content)
    for use in (lambda: keyfile.read_keys(file), lambda: Site(file).key(Scope.PHRASES)):
        with pytest.raises(InputError, match=r"^ORDBRO_KEYS_FILE: Nyckelfilen är skadad") as caught:
            use()
        assert "Qvxz" not in str(caught.value)
    assert file.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="går inte att skriva"):
        Site(tmp_path / "fil" / "nycklar.json").key(Scope.PHRASES)


def test_no_keys_are_keys_too(tmp_path: Path) -> None:
    (tmp_path / "nycklar.json").write_text("{}", encoding="utf-8")
    assert keyfile.read_keys(tmp_path / "nycklar.json") == Keys()
