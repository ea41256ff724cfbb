from pathlib import Path

import pytest
import yaml

from phrases import outline
from phrases.outline import read_outline
from phrases.resources import DATA, files

OUTLINES = [
    *files("icf"),
    *(f"ksi/{name}.yaml" for name in ("activities", "administrative", "selections", "statistical", "statuses")),
]


@pytest.mark.parametrize("relative", OUTLINES)
def test_reads_what_a_yaml_parser_reads(relative: str) -> None:
    assert read_outline(relative) == yaml.safe_load((DATA / relative).read_text(encoding="utf-8"))


def test_comments_quotes_and_levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "DATA", tmp_path)
    (tmp_path / "a.yaml").write_text('# list\nA:\n  title: "En, två"\n  codes:\n    "04.00": Ett: två\n\nB: c\n')
    assert read_outline("a.yaml") == {"A": {"title": "En, två", "codes": {"04.00": "Ett: två"}}, "B": "c"}


@pytest.mark.parametrize("line", ["- a", "   a: b", "  a: b", "a"])
def test_names_the_line_that_is_anything_else(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "DATA", tmp_path)
    (tmp_path / "a.yaml").write_text(f"b: c\n{line}\n")
    with pytest.raises(ValueError, match=r"a\.yaml, line 2"):
        read_outline("a.yaml")
