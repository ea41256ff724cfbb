"""The page for those who run the service tells of every setting, figure and limit, and of none that is not there."""

import re
from pathlib import Path

from service import limits
from service.metrics import Metrics
from service.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the first table below a heading of the column, by what stands in the first cell."""
    table = PAGE.partition(f"| {heading} | ")[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {re.split(r"[`{]", first.strip("`"))[0]: rest for first, *rest in cells}


def test_every_setting_is_told_and_none_that_is_not_there() -> None:
    assert rows("Inställning").keys() == Settings.model_fields.keys()


def test_defaults_are_those_of_the_code() -> None:
    told = {name: re.findall(r"^`([^`]+)`$", default) for name, (default, *_) in rows("Inställning").items()}
    for name, (default,) in ((name, found) for name, found in told.items() if found):
        assert default == str(Settings.model_fields[name].default).rstrip("/"), name
    assert len([name for name, found in told.items() if found]) > 8


def test_every_figure_is_told() -> None:
    figures = Metrics()
    figures.answered("", "GET", 200, 0.1)
    names = re.findall(r"^# TYPE (\S+) (\w+)", figures.page().decode(), re.MULTILINE)
    assert rows("Mått").keys() == {name for name, kind in names if not name.endswith("_created")}


def test_limits_are_those_of_the_code() -> None:
    assert f"huvudet inom {limits.HEAD_SECONDS:.0f} s, kroppen inom {limits.BODY_SECONDS:.0f} s" in PAGE
    assert f"läses ({limits.UNREAD_SECONDS} s), och tar högst {limits.CONNECTIONS} anslutningar" in PAGE
    assert f"vilande anslutning i {limits.KEEP_ALIVE_SECONDS} s" in PAGE
