from collections.abc import Callable
from typing import Literal, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrases.catalogue import catalogue
from phrases.codes import CONSTRUCTS, QUALIFIERS, IcfReference, parse_icf, parse_ksi, tidy
from phrases.errors import InputError

Grade: TypeAlias = int | None

KSI_CODES = st.sampled_from(
    [*catalogue().activities, *catalogue().administrative, *catalogue().statistical],
)
CATEGORIES = st.sampled_from(list(catalogue().icf))
SPACES = st.sampled_from(["", " ", "\u00a0", "\t", "  ", "\u200b", "\n"])
SEPARATORS = st.sampled_from(["", ".", " ", "-", "/", "_", ". ", "\u00a0", "–"])
CASES = st.sampled_from([str.upper, str.lower, str.title])


# --- KSI


@pytest.mark.parametrize(
    "written",
    [
        "SME.RB.ZZ",
        "sme.rb",
        "SME RB ZZ",
        "SME\u00a0RB",
        "smerb",
        "SMERBZZ",
        " sme-rb-zz ",
        "Sme/Rb",
        "SME.RB.ZZ\u00a0",
        "SME.RB.",
    ],
)
def test_ksi_in_any_customary_writing(written: str) -> None:
    assert parse_ksi(written) == "SME.RB.ZZ"


@pytest.mark.parametrize(
    ("written", "code"),
    [("yaa.35", "YAA.35.ZZ"), ("YAA 05 00", "YAA.05.00"), ("xad01zz", "XAD.01.ZZ"), ("va1 ph", "VA1.PH.ZZ")],
)
def test_ksi_of_other_kinds(written: str, code: str) -> None:
    assert parse_ksi(written) == code


@given(KSI_CODES, SPACES, SEPARATORS, SEPARATORS, CASES, SPACES)
def test_ksi_reads_back_however_it_is_written(
    code: str, before: str, first: str, second: str, case: Callable[[str], str], after: str
) -> None:
    target, action, method = code.split(".")
    assert parse_ksi(f"{before}{case(target)}{first}{case(action)}{second}{case(method)}{after}") == code


@given(KSI_CODES.filter(lambda code: code.endswith(".ZZ")), SEPARATORS, CASES)
def test_ksi_method_may_be_left_out(code: str, separator: str, case: Callable[[str], str]) -> None:
    target, action, _ = code.split(".")
    assert parse_ksi(case(f"{target}{separator}{action}")) == code


def test_ksi_target_alone_only_where_allowed() -> None:
    assert parse_ksi("sme", allow_target=True) == "SME"
    with pytest.raises(InputError, match="bara inriktning"):
        parse_ksi("sme")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "städa",
        "Anna Berg",
        "AAA.RB.ZZ",
        "SME.RB.00",
        "SME.12.ZZ",
        "YAA.RB.ZZ",
        "XAD.1.ZZ",
        "SME.RB.ZZ.ZZ",
        "d6402",
        "SMÉ.RB",
    ],
)
def test_no_ksi_code(written: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_ksi(written, field="code", allow_target=True)
    assert raised.value.field == "code"
    assert "SME.RB.ZZ" in raised.value.message


@given(st.text(max_size=20))
def test_ksi_gives_a_canonical_code_or_an_input_error(written: str) -> None:
    try:
        code = parse_ksi(written, allow_target=True)
    except InputError:
        return
    assert parse_ksi(code, allow_target=True) == code


# --- ICF


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("d640", IcfReference("d640")),
        ("D6402", IcfReference("d6402")),
        ("d 6402", IcfReference("d6402")),
        ("d5", IcfReference("d5")),
        ("b1528c", IcfReference("b1528C")),
        ("d630-d649", IcfReference("d630-d649")),
        ("d630 – 649", IcfReference("d630-d649")),
        ("d6402.2", IcfReference("d6402", performance=2)),
        ("d6402,2", IcfReference("d6402", performance=2)),
        ("d6402._2", IcfReference("d6402", capacity=2)),
        ("d6402.1_2", IcfReference("d6402", performance=1, capacity_with_assistance=2)),
        ("d6402._ _2", IcfReference("d6402", capacity_with_assistance=2)),
        ("d6402._ _ _4", IcfReference("d6402", performance_without_assistance=4)),
        ("d6402.0123", IcfReference("d6402", 0, 1, 2, 3)),
        ("d6402.89", IcfReference("d6402", 8, 9)),
        ("b1528C.2", IcfReference("b1528C", performance=2)),
        ("s110.3", IcfReference("s110", performance=3)),
        ("s110.375", IcfReference("s110", performance=3, nature=7, location=5)),
        ("s110.3_1", IcfReference("s110", performance=3, location=1)),
        ("e115.3", IcfReference("e115", performance=3, sign=".")),
        ("e115+3", IcfReference("e115", performance=3, sign="+")),
        ("e115.+3", IcfReference("e115", performance=3, sign="+")),
        ("e115 + 3", IcfReference("e115", performance=3, sign="+")),
        ("e115+0", IcfReference("e115", performance=0, sign="+")),
        ("e115", IcfReference("e115")),
    ],
)
def test_official_notation(written: str, reference: IcfReference) -> None:
    assert parse_icf(written) == reference


@pytest.mark.parametrize(
    ("written", "says", "allowed"),
    [
        ("d6402.7", "Graden finns inte", ("0", "1", "2", "3", "4", "8", "9")),
        ("d6402.25", "Graden finns inte", ("0", "1", "2", "3", "4", "8", "9")),
        ("s110.5", "Graden finns inte", ("0", "1", "2", "3", "4", "8", "9")),
        ("d6402.01234", "högst 4", ()),
        ("b134.23", "högst 1", ()),
        ("s110.2345", "högst 3", ()),
        ("e115.+33", "högst 1", ()),
        ("d630-d649.2", "högst 0", ()),
        ("d6402+2", "Plustecken", ()),
        ("d6402.", "Efter tecknet", ()),
        ("d6402.__", "Efter tecknet", ()),
        ("e115+", "Efter tecknet", ()),
        ("d64", "ingen ICF-kod", ()),
        ("f640", "ingen ICF-kod", ()),
        ("d630-b649", "ingen ICF-kod", ()),
        ("d6402.2.3", "ingen ICF-kod", ()),
        ("d6402 Anna", "ingen ICF-kod", ()),
        ("SME.RB.ZZ", "ingen ICF-kod", ()),
        ("", "ingen ICF-kod", ()),
        ("d٦٤٠", "ingen ICF-kod", ()),
    ],
)
def test_impossible_notation(written: str, says: str, allowed: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as raised:
        parse_icf(written)
    assert says in raised.value.message
    assert raised.value.allowed == allowed
    assert raised.value.field == "icf"


@given(CATEGORIES, SPACES, SPACES, CASES)
def test_icf_code_reads_back_however_it_is_written(
    code: str, before: str, after: str, case: Callable[[str], str]
) -> None:
    assert parse_icf(f"{before}{case(code)}{after}") == IcfReference(code)


GRADES = st.sampled_from([*QUALIFIERS, None])


@given(CATEGORIES.filter(lambda code: code[0] == "d" and "-" not in code), st.tuples(GRADES, GRADES, GRADES, GRADES))
def test_d_with_qualifiers_reads_back(code: str, grades: tuple[Grade, Grade, Grade, Grade]) -> None:
    reference = IcfReference(code, *grades)
    assert parse_icf(str(reference)) == reference
    assert [getattr(reference, construct) for construct in CONSTRUCTS] == list(grades)


@given(CATEGORIES.filter(lambda code: code[0] == "e"), st.sampled_from(QUALIFIERS), st.sampled_from([".", "+"]))
def test_e_with_sign_reads_back(code: str, grade: int, sign: Literal[".", "+"]) -> None:
    reference = IcfReference(code, grade, sign=sign)
    assert parse_icf(str(reference)) == reference


@given(
    CATEGORIES.filter(lambda code: code[0] == "s"),
    GRADES,
    st.one_of(st.none(), st.integers(0, 9)),
    st.one_of(st.none(), st.integers(0, 9)),
)
def test_s_with_its_three_positions_reads_back(code: str, extent: Grade, nature: Grade, location: Grade) -> None:
    reference = IcfReference(code, extent, nature=nature, location=location)
    assert parse_icf(str(reference)) == reference


@given(st.text(alphabet="bsde0123456789.+_ ,-–CX", max_size=12))
def test_icf_gives_a_reference_that_reads_back_or_an_input_error(written: str) -> None:
    try:
        reference = parse_icf(written)
    except InputError:
        return
    assert parse_icf(str(reference)) == reference


def test_messages_never_hold_what_was_written() -> None:
    for parse in (parse_ksi, parse_icf):
        with pytest.raises(InputError) as raised:
            parse("Anna Berg")
        assert "Anna" not in raised.value.text + raised.value.text_en + str(raised.value)


def test_tidy_makes_spaces_and_dashes_plain() -> None:
    assert tidy("\ufeff d630\u00a0–\td649\u200b ") == "d630 - d649"
