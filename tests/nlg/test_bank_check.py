"""The lint of the phrase bank, and the bank under it."""

from dataclasses import replace

from nlg.bank_check import check_bank
from phrases.bank import bank


def test_the_bank_is_clean() -> None:
    assert [str(finding) for finding in check_bank()] == []


def test_faults_are_found_and_told_in_swedish() -> None:
    whole = bank()
    broken = replace(
        whole,
        icf={
            "d510": replace(whole.icf["d510"], plain="tvätta sig", easy="tvätta {hon}"),
            "d9999": whole.icf["d540"],
        },
        targets={code: wording for code, wording in whole.targets.items() if code != "SMB"}
        | {"SME": replace(whole.targets["SME"], terms=("ordsom",))},
    )
    found = {(finding.code, finding.field): finding.message for finding in check_bank(broken)}
    assert found["d510", "plain"] == "Skriv en lucka i stället för ordet ”sig”."
    assert found["d510", "easy"].startswith("Luckan {hon} finns inte.")
    assert found["d9999", "kod"] == "Koden finns inte i ICF 2025."
    assert found["SMB", "kod"] == "Inriktningen saknas i frasbanken."
    assert found["SME", "terms"] == "Ordet ”ordsom” saknas i ordlistan."
