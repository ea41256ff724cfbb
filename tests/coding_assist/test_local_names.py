"""Local names in notes."""

from functools import lru_cache

import pytest

from coding_assist.local_names import with_local_names
from coding_assist.suggester import Suggester, Suggestions
from models.model import Model, model
from phrases.catalogue import catalogue

NAMES = {
    "Solglimten 1 ggr/v": ("SXC.SZ.ZZ",),
    "Silverrundan": ("SMI.RB.ZZ", "YAA.05.15"),
    "Dusch 2 ggr/v": ("YAA.05.15",),
}


@lru_cache(maxsize=1)
def reading() -> Model:
    return with_local_names(model(), NAMES, catalogue())


def suggested(learned: Model, note: str) -> Suggestions:
    return Suggester(learned, catalogue()).suggest(note)


@pytest.mark.parametrize(
    ("note", "target"),
    [
        ("Solglimten genomförd enligt plan.", "SXC"),
        ("Greta tackade nej till solglimten idag.", "SXC"),
    ],
)
def test_a_name_with_a_word_of_its_own_leads_to_its_target(note: str, target: str) -> None:
    assert target in {one.code[:3] for one in suggested(reading(), note).suggestions}
    assert target not in {one.code[:3] for one in suggested(model(), note).suggestions[:1]}


def test_a_name_of_common_words_changes_no_reading() -> None:
    assert with_local_names(model(), {"Dusch 2 ggr/v": ("YAA.05.15",)}, catalogue()) is model()
    note = "Hjälpte Greta i duschen och smörjde benen."
    plain, local = suggested(model(), note), suggested(reading(), note)
    assert plain.suggestions == local.suggestions
    assert plain.versions["lexicon"] != local.versions["lexicon"]  # what was read with is told


def test_without_names_the_model_is_the_model() -> None:
    assert with_local_names(model(), {}, catalogue()) is model()
