"""Table tests of the grammar core: each rule with the Swedish written out."""

from dataclasses import replace
from datetime import date

import pytest

from nlg.agreement import ADJECTIVES, Gender, agree, indefinite
from nlg.clauses import Clause, main_clause, subordinate_clause
from nlg.dates import frequency, long_date, minutes, number, weekdays, when
from nlg.entries.activity import Frequency, PartOfDay, Period, Planning, Weekday, WeekParity
from nlg.lists import enumerate_items
from nlg.names import genitive
from nlg.orthography import sentence
from nlg.verbs import Tense, finite, present_tail, split_phrase, supine


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna", "Annas"),
        ("Lars", "Lars"),
        ("Max", "Max"),
        ("Liz", "Liz"),
        ("NN", "NN:s"),
        ("A.B.", "A.B.:s"),
        ("Anna K", "Anna K:s"),
        ("brukare 2", "brukare 2:s"),
        ("de la Cruz", "de la Cruz"),
        ("Åke", "Åkes"),
        ("O'Brien", "O'Briens"),
    ],
)
def test_the_genitive_is_the_only_form_of_a_name(name: str, expected: str) -> None:
    assert genitive(name) == expected


@pytest.mark.parametrize(
    ("adjective", "gender", "expected"),
    [
        ("måttlig", Gender.COMMON, "måttlig"),
        ("måttlig", Gender.NEUTER, "måttligt"),
        ("lätt", Gender.NEUTER, "lätt"),
        ("svår", Gender.NEUTER, "svårt"),
        ("stor", Gender.COMMON, "stor"),
        ("total", Gender.NEUTER, "totalt"),
        ("planerad", Gender.NEUTER, "planerat"),
    ],
)
def test_adjectives_agree(adjective: str, gender: Gender, expected: str) -> None:
    assert agree(adjective, gender) == expected


def test_no_adjective_lacks_a_form() -> None:
    assert all(forms.common and forms.neuter and forms.plural for forms in ADJECTIVES.values())


def test_indefinite_noun_phrase() -> None:
    assert indefinite("svårighet", Gender.COMMON, "måttlig") == "en måttlig svårighet"
    assert indefinite("problem", Gender.NEUTER, "måttlig") == "ett måttligt problem"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["tvätta sig"], "tvätta sig"),
        (["tvätta sig", "klä sig"], "tvätta sig och klä sig"),
        (["äta", "dricka", "klä sig"], "äta, dricka och klä sig"),
        (["tvätta och torka kläder", "städa"], "tvätta och torka kläder samt städa"),
    ],
)
def test_lists(items: list[str], expected: str) -> None:
    assert enumerate_items(items) == expected


def test_an_empty_list_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nothing to enumerate"):
        enumerate_items([])


def test_a_main_clause_has_its_verb_second() -> None:
    clause = Clause("NN", "ha", "en lätt svårighet att städa sin bostad", ("enligt handläggaren",))
    assert main_clause(clause) == "NN har enligt handläggaren en lätt svårighet att städa sin bostad"
    later = replace(clause, tense=Tense.PAST).fronted("vid uppföljningen")
    assert main_clause(later) == "vid uppföljningen hade NN enligt handläggaren en lätt svårighet att städa sin bostad"


def test_in_a_subordinate_clause_the_negation_stands_before_the_verb() -> None:
    clause = Clause("NN", "kunna", "städa sin bostad", ("inte alls",))
    assert main_clause(clause) == "NN kan inte alls städa sin bostad"
    assert subordinate_clause(clause) == "att NN inte alls kan städa sin bostad"
    assert subordinate_clause(clause, "eftersom") == "eftersom NN inte alls kan städa sin bostad"


def test_adverbials_go_before_the_negation() -> None:
    clause = Clause("det", "vara", "aktuellt", ("inte",)).with_middle("enligt handläggaren", "")
    assert main_clause(clause) == "det är enligt handläggaren inte aktuellt"


@pytest.mark.parametrize(
    ("infinitive", "present", "past"),
    [("vara", "är", "var"), ("skola", "ska", "skulle"), ("klä", "klär", "klädde"), ("ge", "ger", "gav")],
)
def test_finite_verbs(infinitive: str, present: str, past: str) -> None:
    assert finite(infinitive, Tense.PRESENT) == present
    assert finite(infinitive, Tense.PAST) == past


@pytest.mark.parametrize(
    ("phrase", "after_har"),
    [
        ("klä på NN", "klätt på NN"),
        ("städa", "städat"),
        ("laga och servera mat åt NN", "lagat och serverat mat åt NN"),
        ("städa, tvätta och laga mat", "städat, tvättat och lagat mat"),
        ("hjälpa NN att klä på och av sig", "hjälpt NN att klä på och av sig"),
        ("hjälpa NN att städa och tvätta", "hjälpt NN att städa och tvätta"),
    ],
)
def test_the_supine_reaches_coordinated_verbs_but_no_other_clause(phrase: str, after_har: str) -> None:
    assert sentence(f"har {supine(phrase)}") == sentence(f"har {after_har}")


def test_the_rest_of_a_present_clause() -> None:
    assert split_phrase("städa, tvätta och diska") == ("städa", ", tvätta och diska")
    assert present_tail("laga mat och diska åt NN") == "mat och diskar åt NN"
    assert present_tail("hjälpa NN att laga mat och diska") == "NN att laga mat och diska"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nN  har svårt", "NN har svårt."),
        ("så här: Börja med köket.", "Så här: Börja med köket."),
        ("är det klart?", "Är det klart?"),
        ("hon sa ”hej.”", "Hon sa ”hej.”"),
        ("städat , tvättat", "Städat, tvättat."),
    ],
)
def test_sentences(text: str, expected: str) -> None:
    assert sentence(text) == expected


def test_an_empty_sentence_is_a_fault() -> None:
    with pytest.raises(ValueError, match="empty"):
        sentence("  ")


def test_dates_and_numbers() -> None:
    assert long_date(date(2026, 9, 1)) == "den 1 september 2026"
    assert [number(n) for n in (0, 1, 12, 13)] == ["noll", "en", "tolv", "13"]


@pytest.mark.parametrize(
    ("planning", "expected"),
    [
        (Planning(), ""),
        (Planning(frequency=Frequency(1, Period.WEEK)), "en gång i veckan"),
        (Planning(frequency=Frequency(2, Period.DAY)), "två gånger om dagen"),
        (Planning(weekdays=(Weekday.MON, Weekday.THU)), "på måndagar och torsdagar"),
        (Planning(weekdays=tuple(Weekday)), "varje dag"),
        (Planning(weekdays=(Weekday.FRI,), weeks=WeekParity.ODD), "på fredagar i udda veckor"),
        (Planning(weeks=WeekParity.EVEN), "i jämna veckor"),
        (
            Planning(frequency=Frequency(1, Period.WEEK), weekdays=(Weekday.MON,), part_of_day=PartOfDay.MORNING),
            "en gång i veckan, på måndagar, på morgonen",
        ),
    ],
)
def test_when(planning: Planning, expected: str) -> None:
    assert when(planning) == expected


def test_every_period_and_part_of_day_has_words() -> None:
    assert [frequency(Frequency(3, period)) for period in Period] == [
        "tre gånger om dagen",
        "tre gånger i veckan",
        "tre gånger i månaden",
        "tre gånger om året",
    ]
    assert [when(Planning(part_of_day=part)) for part in PartOfDay] == [
        "på morgonen",
        "på förmiddagen",
        "vid lunch",
        "på eftermiddagen",
        "på kvällen",
        "på natten",
    ]
    assert weekdays((Weekday.SAT, Weekday.SUN)) == "på lördagar och söndagar"


def test_minutes() -> None:
    assert minutes(30, repeated=True) == "30 minuter varje gång"
    assert minutes(1, repeated=False) == "1 minut"
