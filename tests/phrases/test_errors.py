import pickle

from phrases.errors import InputError


def test_says_field_and_what_is_allowed() -> None:
    error = InputError("status", "Statusen finns inte.", "There is no such status.", ["40", "50"])
    assert error.as_dict() == {"field": "status", "message": "Statusen finns inte. Tillåtet: 40, 50."}
    assert error.text_en == "There is no such status. Allowed: 40, 50."
    assert str(error) == "status: Statusen finns inte. Tillåtet: 40, 50."
    assert error.allowed == ("40", "50")


def test_says_no_more_than_the_message_without_a_list() -> None:
    error = InputError("icf", "Det är ingen ICF-kod.", "This is no ICF code.")
    assert error.text == "Det är ingen ICF-kod."
    assert error.text_en == "This is no ICF code."


def test_does_not_repeat_a_list_that_the_message_holds() -> None:
    error = InputError("type", "Typen ska vara functioning eller activity.", "…", ("functioning", "activity"))
    assert error.text == "Typen ska vara functioning eller activity."


def test_travels_whole_between_processes() -> None:
    error = pickle.loads(pickle.dumps(InputError("ksi", "Koden finns inte.", "No such code.", ("SMF.RB.ZZ",))))
    assert (error.field, error.message, error.message_en, error.allowed) == (
        "ksi",
        "Koden finns inte.",
        "No such code.",
        ("SMF.RB.ZZ",),
    )
