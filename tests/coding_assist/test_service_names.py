"""Names of services mapped to codes: what is set aside, what is proposed, and how often that is right."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding_assist.service_names import MAX_NAME, Certainty, Mapped, NameMapper, set_aside
from phrases.catalogue import catalogue
from phrases.errors import InputError
from phrases.local import Choice, Local
from phrases.search import Hit
from service.commands.service_names import find

TABLE = Path(__file__).with_name("service_names.tsv")


@lru_cache(maxsize=1)
def mapper() -> NameMapper:
    return NameMapper(find)


def codes(mapped: Mapped) -> list[str]:
    return [match.code for match in mapped.matches]


def names(part: str) -> list[tuple[str, tuple[str, ...]]]:
    lines = TABLE.read_text(encoding="utf-8").split(f"# {part}\n")[1].split("# ")[0].splitlines()
    return [(name, tuple(right.split())) for name, right in (line.split("\t") for line in lines)]


# Measured: .983 and 1.0 of 120 names that were looked at while this was made, .947 and 1.0 of 75 written afterwards.
# The floors leave room for a model that is trained anew.
@pytest.mark.parametrize(("part", "floor_1", "floor_3"), [("seen", 0.89, 0.95), ("unseen", 0.83, 0.93)])
def test_the_right_code_is_among_three(part: str, floor_1: float, floor_3: float) -> None:
    table = names(part)
    assert len(table) >= 75
    found = [(codes(mapper().map(name)), right) for name, right in table]
    assert sum(any(code.startswith(right) for code in three[:1]) for three, right in found) / len(found) >= floor_1
    assert sum(any(code.startswith(right) for code in three) for three, right in found) / len(found) >= floor_3


def test_what_is_called_high_is_seldom_wrong() -> None:
    # measured: 104 of 107 over both parts; which ones are called high moves when the model is trained anew
    sure = [
        (mapped.matches[0].code, right)
        for part in ("seen", "unseen")
        for name, right in names(part)
        if (mapped := mapper().map(name)).matches and mapped.matches[0].certainty is Certainty.HIGH
    ]
    assert len(sure) >= 75
    assert sum(code.startswith(right) for code, right in sure) / len(sure) >= 0.93


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Städ varannan vecka", "SOG.SZ.ZZ"),
        ("Dusch 2 ggr/v", "SMB.SZ.ZZ"),
        ("Trygghetslarm GSM", "YAA.35.ZZ"),
        ("Tillsyn natt", "SMI.SZ.ZZ"),
        ("Matlåda", "YAA.30.ZZ"),
        ("Ledsagning 10 tim/mån", "YAA.25.ZZ"),
        ("Boendestöd", "YAA.45.ZZ"),
        ("Avlösning i hemmet", "YAA.20.ZZ"),
        ("Färdighetsträning i matlagning", "SOA.PH.ZZ"),
    ],
)
def test_the_first_proposal(name: str, code: str) -> None:
    assert codes(mapper().map(name))[0] == code


@pytest.mark.parametrize(
    ("name", "read", "taken"),
    [
        ("Städ varannan vecka", "Städ", ("varannan vecka",)),
        ("Dusch 2 ggr/v", "Dusch", ("2 ggr/v",)),
        ("Städ 1 g/3 v", "Städ", ("1 g/3 v",)),
        ("Ledsagning 10 tim/mån", "Ledsagning", ("10 tim/mån",)),
        ("Ledsagning (10 tim/mån)", "Ledsagning", ("10 tim/mån",)),
        ("Disk dgl", "Disk", ("dgl",)),
        ("Påklädning fm och em", "Påklädning och", ("fm", "em")),
        ("Lunch mån, ons och fre", "Lunch", ("mån, ons och fre",)),
        ("Tvätt var 3:e vecka", "Tvätt", ("var 3:e vecka",)),
        ("Inköp två gånger per vecka", "Inköp", ("två gånger per vecka",)),
        ("Må bra-grupp", "Må bra-grupp", ()),
        ("Natt", "Natt", ()),
        ("Korttidstillsyn över 12 år", "Korttidstillsyn över 12 år", ()),
    ],
)
def test_how_often_and_when_is_set_aside(name: str, read: str, taken: tuple[str, ...]) -> None:
    assert set_aside(name) == (read, taken)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=MAX_NAME))
def test_any_name_gets_at_most_three_codes_that_exist(name: str) -> None:
    found = codes(mapper().map(name))
    assert len(found) == len(set(found)) <= 3
    assert all(catalogue().ksi(code).code == code for code in found)


def test_the_selection_bounds_the_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Local(steps={"planering": Choice(2, frozenset({"RB", "RA"}))})
    monkeypatch.setattr("phrases.local.local", lambda: chosen)
    assert codes(NameMapper(find, "ÄOU/planering").map("Dusch"))[0] == "SMB.RB.ZZ"
    assert codes(NameMapper(find, "ÄOU").map("Dusch"))[0] == "SMB.RB.ZZ"  # the official selections hold no SZ
    with pytest.raises(InputError):
        NameMapper(find, "ÄOX")


def test_an_earlier_decision_comes_first() -> None:
    decided = Hit("SXC.RC.ZZ", "Emotionellt stöd i rekreation och fritid", "", "Guldkant", "ksi", "local")
    mapped = NameMapper(lambda text, selection: [decided]).map("guldkant 2 ggr/v")
    assert (mapped.matches[0].code, mapped.matches[0].certainty) == ("SXC.RC.ZZ", Certainty.HIGH)
