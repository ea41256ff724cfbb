import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrases.catalogue import catalogue
from phrases.errors import InputError
from phrases.search import MAX_LIMIT, Hit, Index, Wording, search

INDEX = Index(
    catalogue(),
    {
        "SMB": Wording("tvätta sig", ("dusch*", "nedre tvätt", "hjälp* i badet")),
        "SMB.RB.ZZ": Wording("hjälpa NN att tvätta sig"),
        "SHG": Wording("", ("i duschstol",)),
        "SGG": Wording("", ("larm",)),
        "d110": Wording("se", ("syn",)),
        "YAA.05.00": Wording("hjälp hemma", ()),
        "ÅÄÖ": Wording("finns inte", ("finns inte",)),
    },
)


def codes(query: str, **options: object) -> list[str]:
    return [hit.code for hit in INDEX.search(query, **options)]  # type: ignore[arg-type]


# --- codes


@pytest.mark.parametrize("query", ["SME.RB.ZZ", "sme.rb", "SME RB", "smerbzz", "sme\u00a0rb zz"])
def test_a_typed_code_in_any_writing_finds_that_code_alone(query: str) -> None:
    assert codes(query) == ["SME.RB.ZZ"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("d6402", ["d6402"]),
        ("d6402.2", ["d6402"]),
        ("D6402._2", ["d6402"]),
        ("d630-d649", ["d630-d649"]),
        ("b1528c.3", ["b1528C"]),
        ("yaa35", ["YAA.35.ZZ"]),
        ("XAD.0", ["XAD.01.ZZ", "XAD.02.ZZ", "XAD.05.ZZ", "XAD.06.ZZ"]),
        ("d550", ["d550"]),
        ("sme.r", ["SME.RB.ZZ", "SME.RA.ZZ", "SME.RC.ZZ"]),
        ("e1151+3", ["e1151"]),
    ],
)
def test_unfinished_codes_and_codes_with_qualifiers(query: str, found: list[str]) -> None:
    assert codes(query) == found


def test_a_target_finds_its_activities_first() -> None:
    assert codes("sog", limit=12) == [
        f"SOG.{action}.ZZ" for action in ("RB", "RA", "RC", "PH", "PN", "SZ", "AA", "AS", "AV", "AM", "AT", "AU")
    ]


def test_two_letters_are_a_word_before_they_are_a_code() -> None:
    assert codes("se")[0] == "d110"
    assert {code[:3] for code in codes("se", system="ksi", limit=3)} == {"SMI"}
    assert codes("SE", system="ksi")[0] == "SE1.RB.ZZ"


def test_a_code_beside_words() -> None:
    assert codes("sog praktiskt") == ["SOG.RB.ZZ"]


@given(st.sampled_from([*catalogue().activities, *catalogue().icf]))
def test_every_code_is_found_by_itself(code: str) -> None:
    assert code in [hit.code for hit in INDEX.search(code.lower(), limit=MAX_LIMIT)]
    assert INDEX.search(code)[0].via == "code"


# --- words


def test_a_whole_title_comes_first() -> None:
    assert INDEX.search("Att städa bostaden")[0] == Hit(
        "d6402", "Att städa bostaden", "", "Att städa bostaden", "icf", "title"
    )
    assert codes("städa bostaden")[0] == "d6402"
    assert codes("trygghetslarm")[0] == "YAA.35.ZZ"


def test_unfinished_words_in_any_order() -> None:
    assert codes("bost städ prakt") == ["SOG.RB.ZZ"]
    assert set(codes("sovplats")) == {f"SOM.{action}.ZZ" for action in catalogue().actions_of("SOM")} | {"d6407"}


def test_exact_letters_come_before_folded_ones() -> None:
    """ "lan" is typed for "lån", but what has "lan" itself stands first; "lån" never finds "lan" before "lån"."""
    index = Index(catalogue(), {"SVG": Wording("", ("lån",)), "SVD": Wording("", ("lan",))})
    exact = [hit.code[:3] for hit in index.search("lan", system="ksi", limit=MAX_LIMIT) if hit.via == "word"]
    assert exact.index("SVD") < exact.index("SVG")
    exact = [hit.code[:3] for hit in index.search("lån", system="ksi", limit=MAX_LIMIT) if hit.via == "word"]
    assert exact.index("SVG") < exact.index("SVD")


@pytest.mark.parametrize(
    ("query", "meant"), [("stada bostaden", "d6402"), ("ata", "d550"), ("kanslor av otrygghet", "b1528C")]
)
def test_folded_letters_are_still_found(query: str, meant: str) -> None:
    assert meant in codes(query, system="icf")


def test_decomposed_letters_are_the_same_letters() -> None:
    assert codes(unicodedata.normalize("NFD", "städa bostaden")) == codes("städa bostaden")


def test_inside_a_compound() -> None:
    assert codes("assistans", limit=3) == ["YAB.10.ZZ", "XAH.44.ZZ", "XAH.42.ZZ"]
    assert "YAA.35.ZZ" in codes("larm", limit=MAX_LIMIT)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("trygetslarm", "YAA.35.ZZ"),
        ("hemtjänts", "YAA.05.00"),
        ("ledsgning", "YAA.25.ZZ"),
        ("städda bostaden", "SOG.RB.ZZ"),
        ("matdistrubution", "YAA.30.ZZ"),
    ],
)
def test_misspelt_words(query: str, meant: str) -> None:
    assert meant in codes(query)


def test_misspelling_is_a_last_resort() -> None:
    assert all("äta" in hit.title.lower() for hit in INDEX.search("att äta", system="ksi", limit=12))


def test_words_that_nothing_has_are_passed_over() -> None:
    assert codes("behöver städa bostaden med qqqqqq")[0] == "SOG.RB.ZZ"
    assert codes("qqqqqq wwwwww") == []


@pytest.mark.parametrize("query", ["", "  ", "…", "\u200b", "*", "?!"])
def test_nothing_finds_nothing(query: str) -> None:
    assert codes(query) == []


# --- wordings


def test_search_words_find_the_activities_of_a_target() -> None:
    hit = INDEX.search("nedre tv")[0]
    assert hit == Hit(
        "SMB.RB.ZZ", "Praktiskt stöd i att tvätta sig", "hjälpa NN att tvätta sig", "nedre tvätt", "ksi", "word"
    )
    assert INDEX.search("nedre tv")[1].plain == "tvätta sig"


@pytest.mark.parametrize("query", ["dusch", "duscha", "duschade", "Duschen"])
def test_a_star_stands_for_any_ending(query: str) -> None:
    hit = INDEX.search(query)[0]
    assert (hit.code, hit.matched, hit.via) == ("SMB.RB.ZZ", "dusch…", "word")


def first_targets(query: str, **wordings: tuple[str, ...]) -> list[str]:
    index = Index(catalogue(), {target: Wording("", words) for target, words in wordings.items()})
    hits = index.search(query, system="ksi", limit=MAX_LIMIT)
    return list(dict.fromkeys(hit.code[:3] for hit in hits if hit.via == "word"))


def test_a_word_of_its_own_comes_before_one_among_others_and_the_first_before_the_last() -> None:
    wordings = {"SHG": ("i duschen", "till dusch"), "SMC": ("kräm", "dusch*"), "SMB": ("dusch*", "kräm")}
    assert first_targets("dusch", **wordings) == ["SMB", "SMC", "SHG"]


@pytest.mark.parametrize("query", ["matinköp", "helginköp", "matsinköp"])
def test_a_compound_is_known_by_its_end_where_it_begins_with_a_word(query: str) -> None:
    known = query != "helginköp"
    assert first_targets(query, SNE=("inköp",), SMF=("mat*",))[:1] == (["SNE"] if known else [])


def test_a_compound_written_apart_is_joined() -> None:
    assert first_targets("trygghets larm", SGG=("trygghetslarm",), SMI=("larm",))[0] == "SGG"


def test_who_types_no_diaereses_may_lack_them_but_who_types_them_means_them() -> None:
    wordings = {"SNE": ("inköp",), "SMD": ("inko",)}
    assert first_targets("inkö", **wordings) == ["SNE", "SMD"]
    assert first_targets("inko", **wordings) == ["SMD", "SNE"]


def test_what_looks_like_a_search_word_is_none() -> None:
    never = Index(catalogue(), {"SMF": Wording("", ("mat*",), never=("matta*",))})
    assert [hit for hit in never.search("mattan", system="ksi") if hit.via == "word"] == []


def test_side_words_come_last_and_local_names_first() -> None:
    index = Index(
        catalogue(), {"SMH": Wording("", (), side=("bio",)), "SXC": Wording("bio"), "SSG": Wording("", local=("Bio",))}
    )
    hits = index.search("bio", system="ksi", limit=MAX_LIMIT)
    assert list(dict.fromkeys((hit.code[:3], hit.via) for hit in hits))[:3] == [
        ("SSG", "local"),
        ("SXC", "plain"),
        ("SMH", "word"),
    ]


def test_a_star_within_a_phrase() -> None:
    assert INDEX.search("hjälpte badet")[0].matched == "hjälp… i badet"


def test_small_words_do_not_stand_in_the_way() -> None:
    assert codes("hjälp med dusch") == codes("hjälpte med dusch") == codes("dusch")
    assert "SK2.RB.ZZ" in codes("att med")  # there is nothing else to go by


def test_a_plain_wording_is_matched() -> None:
    hit = INDEX.search("hemma")[0]
    assert (hit.code, hit.matched, hit.via) == ("YAA.05.00", "hjälp hemma", "plain")


def test_a_misspelt_search_word_is_reported_as_it_should_be() -> None:
    hit = INDEX.search("dushc")[0]
    assert (hit.code, hit.matched, hit.via) == ("SMB.RB.ZZ", "dusch…", "word")


def test_titles_alone_without_wordings() -> None:
    assert search("bostaden städa praktiskt") == [
        Hit(
            "SOG.RB.ZZ",
            "Praktiskt stöd i att städa bostaden",
            "",
            "Praktiskt stöd i att städa bostaden",
            "ksi",
            "title",
        )
    ]


# --- systems, selections, pages


def test_one_system() -> None:
    assert {hit.system for hit in INDEX.search("äta", limit=MAX_LIMIT)} == {"ksi", "icf"}
    assert {hit.system for hit in INDEX.search("äta", system="icf", limit=MAX_LIMIT)} == {"icf"}


def test_a_selection_leaves_out_what_it_says_no_to() -> None:
    selection = catalogue().selections["ÄOU"]
    found = codes("städa bostaden", system="ksi", selection="äou")
    assert found == [code for code in codes("städa bostaden", system="ksi") if code in selection]
    assert 0 < len(found) < len(codes("städa bostaden", system="ksi"))


def test_a_selection_keeps_what_the_selections_are_silent_on() -> None:
    assert "TAQ.RC.ZZ" in codes("otrygghet", selection="ÄOU")
    assert "YAA.35.ZZ" in codes("trygghetslarm", selection="ÄOU")
    assert "d6402" in codes("städa bostaden", selection="ÄOU")


def test_pages_make_up_the_whole() -> None:
    whole = codes("stöd", limit=MAX_LIMIT)
    assert len(whole) == len(set(whole)) == MAX_LIMIT
    assert [code for page in range(1, 9) for code in codes("stöd", limit=25, page=page)] == whole
    assert codes("d6402", page=2) == []


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"system": "kva"}, "system"),
        ({"selection": "alla"}, "selection"),
        ({"limit": 0}, "limit"),
        ({"limit": MAX_LIMIT + 1}, "limit"),
        ({"page": 0}, "page"),
    ],
)
def test_impossible_options(options: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as raised:
        codes("städa", **options)
    assert raised.value.field == field


@given(st.text(max_size=30))
def test_any_query_gives_the_same_hits_again_and_none_twice(query: str) -> None:
    first = INDEX.search(query)
    assert INDEX.search(query) == first
    assert len({hit.code for hit in first}) == len(first) <= 20
    assert first == INDEX.search(query, limit=MAX_LIMIT)[:20]


def test_a_very_long_query_is_cut() -> None:
    assert codes("städa bostaden " * 100_000) == codes("städa bostaden " * 6 + "städa bost")
