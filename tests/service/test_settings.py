"""Settings: which of command line, environment and file decides, and what a wrong one is told."""

from pathlib import Path

import pytest

from phrases.errors import InputError
from service.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ORDBRO_{name.upper()}", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of settings, to be written."""
    return tmp_path / "ordbro.toml"


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('host = "10.0.0.1"\nport = 1000\nworkers = 4\n', encoding="utf-8")
    monkeypatch.setenv("ORDBRO_CONFIG", str(file))
    monkeypatch.setenv("ORDBRO_PORT", "9000")
    monkeypatch.setenv("ORDBRO_HOST", "10.0.0.2")
    settings = read_settings(host="127.0.0.2", port=None)
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.2", 9000, 4)


def test_the_file_of_the_command_line_goes_before_that_of_the_environment(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDBRO_CONFIG", str(tmp_path / "missing.toml"))
    file.write_text("port = 1000\n", encoding="utf-8")
    assert read_settings(config=file).port == 1000


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDBRO_PORT", "")
    assert read_settings().port == 8000


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ORDBRO_PORT", "många", "Fältet ska vara ett heltal."),
        ("ORDBRO_PORT", "99999", "Värdet får vara högst 65535."),
        ("ORDBRO_WORKERS", "0", "Värdet ska vara minst 1."),
        ("ORDBRO_DRAIN_SECONDS", "kort", "Fältet ska vara ett tal."),
        ("ORDBRO_LOG_LEVEL", "tyst", "Välj ett av: DEBUG, INFO, WARNING, ERROR."),
        ("ORDBRO_PUBLIC_URL", "inte en adress", "Fältet ska vara en hel webbadress."),
        (
            "ORDBRO_FEEDBACK_URL",
            "mysql://hemlig@db/x",
            "Ange sqlite:///FIL eller postgresql://ANVÄNDARE@SERVER/DATABAS.",
        ),
    ],
)
def test_a_bad_variable_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as caught:
        read_settings()
    assert (caught.value.field, caught.value.message) == (name, told)
    assert value not in told


@pytest.mark.parametrize(
    ("written", "field", "told"),
    [
        ("port = 99999", "port (ordbro.toml)", "Värdet får vara högst 65535."),
        ("prot = 8000", "prot (ordbro.toml)", "Inställningen finns inte. Menas port?"),
        ("åäö = 1", "config (ordbro.toml)", "Filen är inte giltig TOML i UTF-8, rad 1."),
        ("port = 1\nport = 2\n", "config (ordbro.toml)", "Filen är inte giltig TOML i UTF-8, rad 2."),
        ('config = "annan.toml"', "config (ordbro.toml)", "Inställningen finns inte."),
        ("[server]\nport = 1\n", "server (ordbro.toml)", "Inställningen finns inte."),
    ],
)
def test_a_bad_line_in_the_file_is_named(file: Path, written: str, field: str, told: str) -> None:
    file.write_text(written, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(config=file)
    assert (caught.value.field, caught.value.message) == (field, told)


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(InputError, match=r"^config \(ordbro\.toml\): Filen med inställningar finns inte"):
        read_settings(config=file)


def test_a_fault_on_the_command_line_is_named_as_an_option() -> None:
    with pytest.raises(InputError, match=r"^--port: "):
        read_settings(port=99999)
