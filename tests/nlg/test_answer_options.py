"""Answer options word for word, and that each stands for an entry that says the same."""

import pytest

from nlg.answer_options import answer_options
from nlg.entries import parse_entry, parse_person
from nlg.phrase import render
from phrases.catalogue import catalogue
from phrases.errors import InputError

ANNA = parse_person({"name": "Anna", "pronoun": "hon"})


def test_the_options_of_a_shower_at_the_easy_level() -> None:
    options = [(option.outcome, option.text) for option in answer_options("SMB.RB.ZZ", ANNA, "easy")]
    assert options == [
        ("done", "Personalen har hjälpt Anna att tvätta sig."),
        ("done_differently", "Personalen har hjälpt Anna att tvätta sig. Det blev inte som planerat."),
        ("declined_by_person", "Personalen har inte hjälpt Anna att tvätta sig. Anna kunde inte eller ville inte."),
        ("not_done_by_provider", "Personalen har inte hjälpt Anna att tvätta sig. Personalen kunde inte."),
        ("done_by_person", "Anna klarade det själv."),
        ("other_action", "Personalen har tvättat Anna."),
        ("other_action", "Personalen har uppmuntrat Anna att tvätta sig."),
    ]


def test_only_actions_that_exist_are_offered() -> None:
    codes = {option.entry["ksi"] for option in answer_options("SMF.RB.ZZ", ANNA, "easy") if option.entry}
    assert codes == {"SMF.RB.ZZ", "SMF.RC.ZZ"}


def test_each_option_of_every_activity_says_what_its_entry_says() -> None:
    for code in catalogue().activities:
        for option in answer_options(code, ANNA, "plain"):
            if option.entry is not None:
                assert render(parse_entry(dict(option.entry)), ANNA, "plain").text == option.text


def test_the_shape_of_the_contract() -> None:
    first, *_, last = answer_options("SOG.RA", ANNA, "plain")
    assert first.as_dict() == {
        "outcome": "done",
        "text": "Personalen har städat Annas bostad.",
        "entry": {"type": "activity", "ksi": "SOG.RA.ZZ", "status": "40"},
    }
    assert last.outcome == "other_action"


@pytest.mark.parametrize("code", ["YAA.35.ZZ", "XAD.01.ZZ", "SMF.RA.ZZ", "nothing"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(InputError) as caught:
        answer_options(code, ANNA, "plain")
    assert caught.value.field == "code"
