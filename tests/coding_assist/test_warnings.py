"""Numbers that should not stand in a note are pointed out by place and never repeated."""

import json

import pytest

from coding_assist.warnings import warnings


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("Ringde Karin 850709-9805 idag", "personal_number", "850709-9805"),
        ("pnr 198507099805.", "personal_number", "198507099805"),
        ("samordningsnr 850769-9805", "personal_number", "850769-9805"),
        ("dottern nås på 070-123 45 67", "phone_number", "070-123 45 67"),
        ("ring +46 70 123 45 67", "phone_number", "+46 70 123 45 67"),
        ("växel 08-123 456 78", "phone_number", "08-123 456 78"),
    ],
)
def test_numbers_are_pointed_out(text: str, code: str, found: str) -> None:
    (warning,) = warnings(text)
    assert warning.code == code
    assert text[warning.start : warning.end] == found
    assert not any(part in json.dumps(warning.as_dict()) for part in found.split())


@pytest.mark.parametrize(
    "text",
    ["kl 07.30 och 12.15", "drack 200 ml, vikt 64,5 kg", "blodtryck 130/80", "den 12/3 2026", "rum 1204", ""],
)
def test_common_numbers_are_not(text: str) -> None:
    assert warnings(text) == []
