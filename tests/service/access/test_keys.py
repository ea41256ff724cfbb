"""API keys: what is kept, who fits, and what a change leaves alone."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from phrases.errors import InputError
from service.access.caller import Caller
from service.access.keys import Keys
from service.access.scopes import Scope

ONE, KEY, SHOWN = Keys().created("Systemet", [Scope.SUGGESTIONS, Scope.PHRASES], "hemtjänst", "ÄOU")


def test_a_key_has_an_id_and_256_random_bits() -> None:
    assert re.fullmatch(r"ordbro_[0-9a-f]{8}_[A-Za-z0-9_-]{43}", SHOWN)
    again = Keys().created("Systemet", [Scope.PHRASES], "hemtjänst")[2]
    assert SHOWN.split("_", 2)[1:] != again.split("_", 2)[1:]


def test_what_is_kept_is_all_but_the_key() -> None:
    kept = ONE.model_dump_json()
    secret = SHOWN.split("_", 2)[2]
    assert secret not in kept
    assert json.loads(kept)["keys"][0]["scopes"] == ["phrases", "suggestions"]
    assert Keys.model_validate_json(kept) == ONE


def test_the_same_key_is_kept_differently_each_time() -> None:
    """Each record has a salt of its own."""
    hashes = {(key.salt, key.hash) for key in (KEY, Keys().created("S", [Scope.ADMIN], "p")[1])}
    assert len({salt for salt, _ in hashes}) == 2


def test_the_caller_of_a_key() -> None:
    scopes = frozenset({Scope.PHRASES, Scope.SUGGESTIONS})
    assert ONE.caller(SHOWN) == Caller(f"key {KEY.id}", scopes, "hemtjänst", "ÄOU")


@given(st.text() | st.builds(lambda cut: SHOWN[:cut], st.integers(0, len(SHOWN) - 1)))
def test_nothing_but_the_key_fits(shown: str) -> None:
    assert ONE.caller(shown) is None


def test_no_character_may_differ() -> None:
    for place, character in enumerate(SHOWN):
        other = "x" if character != "x" else "y"
        assert ONE.caller(SHOWN[:place] + other + SHOWN[place + 1 :]) is None, place


def test_no_key_is_almost_right() -> None:
    almost = [
        SHOWN + "A",
        SHOWN + "_",
        " " + SHOWN,
        SHOWN.upper(),
        SHOWN.removeprefix("ordbro_"),
        "ordbro_00000000_",
        "",
    ]
    assert [ONE.caller(shown) for shown in almost] == [None] * len(almost)


def test_a_revoked_key_is_nobodys_and_the_others_stay() -> None:
    two, _, other = ONE.created("Annat", [Scope.ADMIN], "drift")
    left = two.without(KEY.id)
    assert left.caller(SHOWN) is None
    assert left.caller(other) == two.caller(other) is not None
    assert two.usable and left.usable
    assert not ONE.without(KEY.id).usable


def test_revoking_twice_keeps_the_first_time() -> None:
    once = ONE.without(KEY.id)
    assert once.without(KEY.id) == once


def test_a_profile_is_shared_and_not_changed_by_a_new_key() -> None:
    two = ONE.created("Annat", [Scope.PHRASES], "hemtjänst")[0]
    assert two.profiles == ONE.profiles
    with pytest.raises(InputError, match=r"^selection: Profilen finns redan"):
        ONE.created("Annat", [Scope.PHRASES], "hemtjänst", "FunkU")


RECORD = json.loads(ONE.model_dump_json())


@pytest.mark.parametrize(
    "wrong",
    [
        {**RECORD, "format": 2},
        {**RECORD, "more": 1},
        {**RECORD, "profiles": {}},
        {**RECORD, "keys": RECORD["keys"] * 2},
        *(
            {**RECORD, "keys": [{**RECORD["keys"][0], name: value}]}
            for name, value in [
                ("scopes", []),
                ("scopes", ["allt"]),
                ("hash", ""),
                ("salt", "00"),
                ("id", "x"),
                ("name", "a\nb"),
                ("revoked", "i går"),
            ]
        ),
    ],
)
def test_a_record_that_is_not_whole_is_refused(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        Keys.model_validate_json(json.dumps(wrong))
