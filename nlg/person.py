"""The person a text is about: who is spoken of, or to, and every form that person's pronouns take.

The table is total over (address, pronoun): no default branch, so no form can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlg.names import genitive


class Address(StrEnum):
    """third: the text is about the person; second: to the person; first: the person speaks."""

    THIRD = "third"
    SECOND = "second"
    FIRST = "first"


class Pronoun(StrEnum):
    """The third-person pronoun of the person."""

    HEN = "hen"
    HON = "hon"
    HAN = "han"


@dataclass(frozen=True, slots=True)
class Possessive:
    """One possessive in its three forms of agreement with the thing owned."""

    common: str
    neuter: str
    plural: str


@dataclass(frozen=True, slots=True)
class Forms:
    """Every form of one personal pronoun; `reflexive` and `own` are used when the person is the subject."""

    subject: str
    object: str
    reflexive: str
    possessive: Possessive
    own: Possessive


def _same(form: str) -> Possessive:
    return Possessive(form, form, form)


_SIN = Possessive("sin", "sitt", "sina")
_DIN = Possessive("din", "ditt", "dina")
_MIN = Possessive("min", "mitt", "mina")
_HEN = Forms("hen", "hen", "sig", _same("hens"), _SIN)
_HON = Forms("hon", "henne", "sig", _same("hennes"), _SIN)
_HAN = Forms("han", "honom", "sig", _same("hans"), _SIN)
_DU = Forms("du", "dig", "dig", _DIN, _DIN)
_JAG = Forms("jag", "mig", "mig", _MIN, _MIN)

FORMS: dict[tuple[Address, Pronoun], Forms] = {
    (Address.THIRD, Pronoun.HEN): _HEN,
    (Address.THIRD, Pronoun.HON): _HON,
    (Address.THIRD, Pronoun.HAN): _HAN,
    (Address.SECOND, Pronoun.HEN): _DU,
    (Address.SECOND, Pronoun.HON): _DU,
    (Address.SECOND, Pronoun.HAN): _DU,
    (Address.FIRST, Pronoun.HEN): _JAG,
    (Address.FIRST, Pronoun.HON): _JAG,
    (Address.FIRST, Pronoun.HAN): _JAG,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the text is about; `name` is opaque text (a name, initials, NN)."""

    name: str = "NN"
    pronoun: Pronoun = Pronoun.HEN
    address: Address = Address.THIRD

    @property
    def forms(self) -> Forms:
        """The pronoun's forms for this address."""
        return FORMS[self.address, self.pronoun]

    @property
    def named(self) -> bool:
        """True where the name may stand in the text: du and jag are never named."""
        return self.address is Address.THIRD

    def subject(self, *, mentioned: bool = False) -> str:
        """The person as subject: the name the first time, the pronoun once mentioned."""
        return self.name if self.named and not mentioned else self.forms.subject

    def object(self, *, mentioned: bool = False) -> str:
        """The person as object."""
        return self.name if self.named and not mentioned else self.forms.object

    def possessive(self, *, mentioned: bool = False) -> Possessive:
        """Whose: NN:s, hennes, din; agreement shows in the second and first person alone."""
        return _same(genitive(self.name)) if self.named and not mentioned else self.forms.possessive
