"""Sentence patterns: slots and filters, and whatever else Jinja can say in a sandbox."""

import pytest
from jinja2.exceptions import SecurityError

from nlg.patterns import pattern

VALUES = {"person": lambda: "Anna", "vp": lambda: "städa och tvätta", "times": lambda: 2}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ person }} | skola | | {{ vp }}", "Anna ska städa och tvätta."),
        ("nu >> {{ person }} | ha | inte | {{ vp|supine }}", "Nu har Anna inte städat och tvättat."),
        ("{{ person }} | kunna:past | inte | ", "Anna kunde inte."),
        ("det | ske | | {{ times }} gånger", "Det sker 2 gånger."),
        ("{{ person }} | ha | | {% if times > 1 %}flera{% else %}en{% endif %} tider", "Anna har flera tider."),
        ("det | ske | | {{ times + 1 }} gånger", "Det sker 3 gånger."),
        ("så här: {{ vp }}", "Så här: städa och tvätta."),
    ],
)
def test_a_pattern_becomes_a_sentence(source: str, expected: str) -> None:
    assert pattern(source).sentence(VALUES) == expected


def test_only_the_values_a_pattern_names_are_computed() -> None:
    def never() -> str:
        raise AssertionError

    assert pattern("{{ person }}").phrase({**VALUES, "other": never}) == "Anna"
    assert pattern("{{ person ~ '!' }}").phrase({**VALUES, "other": never}) == "Anna!"


def test_a_pattern_cannot_reach_into_python() -> None:
    with pytest.raises(SecurityError):
        pattern("{{ person.__class__.__mro__ }}").phrase(VALUES)
