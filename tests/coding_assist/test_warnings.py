"""What should not stand in a note is pointed out by place and never repeated, and common numbers are let be."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding_assist.warnings import MESSAGES, warnings


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("Ringde Karin 850709-9805 idag", "personal_number", "850709-9805"),
        ("pnr 198507099805.", "personal_number", "198507099805"),
        ("pnr 8507099805", "personal_number", "8507099805"),
        ("född 19121212-1212, bor kvar", "personal_number", "19121212-1212"),
        ("äldre än hundra: 121212+1212", "personal_number", "121212+1212"),
        ("850709 - 9805", "personal_number", "850709 - 9805"),
        ("samordningsnr 850769-9802", "personal_number", "850769-9802"),
        ("samordningsnr 198507699802", "personal_number", "198507699802"),
        ("felskrivet 850709-9801 men ändå någon", "personal_number", "850709-9801"),
        ("felskrivet 320405-9871, nittiofyra år", "personal_number", "320405-9871"),
        ("felskrivet 19320405-1230", "personal_number", "19320405-1230"),
        ("barnet 200229-2395", "personal_number", "200229-2395"),
        ("dottern nås på 070-123 45 67", "phone_number", "070-123 45 67"),
        ("dottern nås på 0701234567.", "phone_number", "0701234567"),
        ("dottern nås på 070 1234567", "phone_number", "070 1234567"),
        ("dottern nås på 070-123 4567", "phone_number", "070-123 4567"),
        ("dottern nås på 070/123 45 67 2 gånger", "phone_number", "070/123 45 67"),
        ("rum 12 070-123 45 67", "phone_number", "070-123 45 67"),
        ("ring +46 70 123 45 67", "phone_number", "+46 70 123 45 67"),
        ("ring +46(0)70-123 45 67", "phone_number", "+46(0)70-123 45 67"),
        ("ring 0046 70 123 45 67", "phone_number", "0046 70 123 45 67"),
        ("sonen i Norge: +47 22 12 34 56", "phone_number", "+47 22 12 34 56"),
        ("växel 08-123 456 78", "phone_number", "08-123 456 78"),
        ("växel (08) 12 34 56", "phone_number", "08) 12 34 56"),
        ("vc 031-12 34 56, öppet", "phone_number", "031-12 34 56"),
        ("vc 0302-123 45", "phone_number", "0302-123 45"),
        ("Bor på Storgatan 12 numera", "street_address", "Storgatan 12"),
        ("hämtas vid storgatan 12b.", "street_address", "storgatan 12b"),
        ("Kyrkvägen 3 A", "street_address", "Kyrkvägen 3 A"),
        ("Norra Björkstigen 112, 2 tr", "street_address", "Björkstigen 112"),
        ("Skolgränd 4", "street_address", "Skolgränd 4"),
        ("Stortorget 1", "street_address", "Stortorget 1"),
        ("Lindallén 7", "street_address", "Lindallén 7"),
        ("flyttar till Klaras väg 5", "street_address", "Klaras väg 5"),
        ("Sankt-Pers-gatan nr 8", "street_address", "Sankt-Pers-gatan nr 8"),
        ("STORGATAN 12", "street_address", "STORGATAN 12"),
    ],
)
def test_what_points_at_somebody_is_pointed_out(text: str, code: str, found: str) -> None:
    (warning,) = warnings(text)
    assert (warning.code, text[warning.start : warning.end]) == (code, found)
    assert warning.as_dict() == {"code": code, "message": MESSAGES[code], "start": warning.start, "end": warning.end}
    assert not any(part in warning.message for part in found.split() if len(part) > 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kl 07.30 och 12.15, kl 14.30",
        "pass 0730-1530, lunch 1130-1215",
        "pass 0830-1630 och 0930 - 1015",
        "07:30-15:30",
        "drack 200 ml, vikt 64,5 kg, 1 000 ml",
        "blodtryck 130/80, puls 72, temp 37,8",
        "den 12/3 2026, 08-12-2026, 08/12 2026, 03/12 2026 kl 10",
        "2026-03-03 och 20260303 och 260303",
        "2026-11-22 14.30, 20261122-1431, 261122-1430, 202611221431",
        "850799-1234 och 851345-6789 är inga datum",
        "8507099801 utan streck",
        "190229-1234 fanns inte",
        "rum 1204, avd 12, våning 3, hus 070",
        "Alvedon 500 mg 1+1+1+1, 2 tabl x 3",
        "insulin 12 E kl 08 12 17 22",
        "08 10 12 14 16 18 20 22",
        "ring 112 eller 1177",
        "1 2 3 4 5 6 7 8 9 0",
        "gick på vägen 2 gånger, på gatan 3 varv",
        "gångvägen 15 minuter, promenadvägen 2 km",
        "gick skogsstigen 20 min",
        "cykelvägen 5 och sedan hem",
        "på torget 5 personer",
        "träffades på storgatan 13.30",
        "Storgatan 14/3",
        "gick Storgatan 2 ggr",
        "hens väg 2",
        "omväg 2",
        "genomförandeplan 2 och våning 3",
        "andningsvägarna 2",
    ],
)
def test_common_numbers_are_let_be(text: str) -> None:
    assert warnings(text) == []


def test_all_are_found_in_order_and_none_twice() -> None:
    text = "Storgatan 12, 070-123 45 67. 850709-9805 och 0507094803"
    assert [(warning.code, text[warning.start : warning.end]) for warning in warnings(text)] == [
        ("street_address", "Storgatan 12"),
        ("phone_number", "070-123 45 67"),
        ("personal_number", "850709-9805"),
        ("personal_number", "0507094803"),
    ]


@given(st.text() | st.text("0123456789 -+/()sgatanväg.A ", max_size=200))
def test_offsets_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = warnings(text)
    assert all(0 <= warning.start < warning.end <= len(text) for warning in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
