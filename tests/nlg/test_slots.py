"""Who is subject decides between sin and hens, sig and the name."""

import pytest

from nlg.person import FORMS, Address, Person, Pronoun
from nlg.slots import parse_frame, realise

ANNA = Person("Anna", Pronoun.HON)
LARS = Person("Lars", Pronoun.HAN)
NN = Person()
YOU = Person("Anna", Pronoun.HON, Address.SECOND)
ME = Person("Anna", Pronoun.HON, Address.FIRST)


def say(frame: str, person: Person, *, bound: bool, mentioned: bool = False) -> str:
    return realise(parse_frame(frame, bound), person, mentioned=mentioned)


@pytest.mark.parametrize(
    ("person", "expected"),
    [(ANNA, "städa sin bostad"), (NN, "städa sin bostad"), (YOU, "städa din bostad"), (ME, "städa min bostad")],
)
def test_the_possessive_is_reflexive_when_the_person_is_subject(person: Person, expected: str) -> None:
    assert say("städa {sin} bostad", person, bound=True) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (ANNA, "städa Annas bostad"),
        (LARS, "städa Lars bostad"),
        (NN, "städa NN:s bostad"),
        (YOU, "städa din bostad"),
        (ME, "städa min bostad"),
    ],
)
def test_it_is_not_when_somebody_else_is(person: Person, expected: str) -> None:
    assert say("städa {sin} bostad", person, bound=False) == expected


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("klä på {sig}", "klä på Anna"),
        ("tvätta {sina} kläder", "tvätta Annas kläder"),
        ("hjälpa {person} att klä på {sig}", "hjälpa Anna att klä på sig"),
        ("öva med {person} på att städa {sin} bostad", "öva med Anna på att städa sin bostad"),
        ("bedöma hur {hen} klarar att städa {sin} bostad", "bedöma hur Anna klarar att städa sin bostad"),
        ("bedöma {sin} förmåga att tvätta {sig}", "bedöma Annas förmåga att tvätta sig"),
        ("prata med {person} om {sina} vanor", "prata med Anna om hennes vanor"),
        ("lugna {person} när {hen} är rädd om {sig}", "lugna Anna när hon är rädd om sig"),
        ("ge {person} {sitt} bord", "ge Anna hennes bord"),
    ],
)
def test_control_and_first_mention(frame: str, expected: str) -> None:
    assert say(frame, ANNA, bound=False) == expected


def test_once_mentioned_the_person_is_a_pronoun() -> None:
    assert say("städa {sin} bostad", LARS, bound=False, mentioned=True) == "städa hans bostad"
    assert say("klä på {sig}", LARS, bound=False, mentioned=True) == "klä på honom"
    assert say("hjälpa {person} att äta", NN, bound=False, mentioned=True) == "hjälpa hen att äta"


def test_you_and_i_are_never_named_nor_given_a_third_person_reflexive() -> None:
    frame = "hjälpa {person} att tvätta {sig}, {sin} kropp, {sitt} hår och {sina} händer"
    assert say(frame, YOU, bound=False) == "hjälpa dig att tvätta dig, din kropp, ditt hår och dina händer"
    assert say(frame, ME, bound=False) == "hjälpa mig att tvätta mig, min kropp, mitt hår och mina händer"


def test_a_slot_that_does_not_exist_is_a_fault_of_the_bank() -> None:
    with pytest.raises(ValueError, match="hon"):
        parse_frame("klä på {hon}", True)


def test_the_table_of_pronouns_is_total() -> None:
    assert set(FORMS) == {(address, pronoun) for address in Address for pronoun in Pronoun}
