"""`ordbro test`: every step runs, pytest last, and one failed step is enough to fail."""

from pathlib import Path

import pytest

from phrases.errors import InputError
from service.commands import selftest

STEPS = ["ruff check", "ruff format", "mypy --no-error-summary", "lint-imports --no-logo"]


@pytest.mark.parametrize(
    ("failing", "status", "told"),
    [
        ({}, 0, ""),
        ({"ruff check": 1}, 1, "Underkänt före testerna: ruff check\n"),
        (
            {"mypy --no-error-summary": 1, "lint-imports --no-logo": 1},
            1,
            "mypy --no-error-summary, lint-imports --no-logo",
        ),
        ({"pytest -k": 5}, 5, ""),
        ({"ruff format": 1, "pytest -k": 2}, 2, "Underkänt före testerna: ruff format\n"),
    ],
)
def test_all_steps_run_and_pytest_comes_last(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failing: dict[str, int],
    status: int,
    told: str,
) -> None:
    ran: list[str] = []

    def call(*command: str) -> int:
        ran.append(" ".join(command[:2]))
        return failing.get(ran[-1], 0)

    monkeypatch.setattr(selftest, "_call", call)
    assert selftest.run(["-k", "x"]) == status
    assert ran == [*STEPS, "pytest -k"]
    assert told in capsys.readouterr().out


def test_without_the_tests_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(selftest, "CHECKOUT", tmp_path)
    with pytest.raises(InputError, match="utcheckning"):
        selftest.run([])


def test_a_step_runs_in_the_checkout_and_gives_its_status(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    tool.write_text('#!/bin/sh\npwd >"$1"\nexit 3\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(selftest, "_TOOLS", tmp_path)
    assert selftest._call("tool", str(tmp_path / "where")) == 3
    assert Path((tmp_path / "where").read_text(encoding="utf-8").strip()) == selftest.CHECKOUT
