"""The reader of training notes: what a label becomes, and what each fault says."""

import pytest

from models.annotation import AnnotationError, Label, Note, load_notes, read_notes


def read(text: str) -> list[Note | AnnotationError]:
    return list(read_notes(text.splitlines(), "test.notes"))


def one(text: str) -> Note:
    (found,) = read(text)
    assert isinstance(found, Note)
    return found


def test_a_note_with_its_labels() -> None:
    note = one("== ÄOU journal hasty hemtjänst\nmb 8. [hjälpt m dusch](SMB~SMD RB/RA 40), sen själv.\n")
    assert note.text == "mb 8. hjälpt m dusch, sen själv."
    assert (note.selection, note.kind, note.profile, note.clause) == ("ÄOU", "journal", "hasty", False)
    assert note.labels == (Label(6, 20, ("SMB", "SMD"), ("RB", "RA"), ("40",)),)
    assert note.text[6:20] == "hjälpt m dusch"


def test_a_clause_without_activity_says_why() -> None:
    first, second = read("== clauses FunkU journal clean\n[La fram kläder](SME RB 40)\n(person) Hon diskade själv.\n")
    assert isinstance(first, Note)
    assert isinstance(second, Note)
    assert (first.clause, first.reason) == (True, None)
    assert (second.text, second.reason, second.labels) == ("Hon diskade själv.", "person", ())


def test_a_whole_code_and_the_voice_of_the_person() -> None:
    note = one("== ÄOH beslut clean handläggare voice:person\nJag får [trygghetslarm](YAA.35.ZZ 30).\n")
    assert note.voice == "person"
    assert note.labels[0].code == "YAA.35.ZZ"


@pytest.mark.parametrize(
    "text",
    [
        "== ÄOU journal neat hemtjänst\nHej.\n",
        "== ÄOU journal clean hemtjänst\n[Duschade](QQQ RB 40) i dag.\n",
        "== ÄOU journal clean hemtjänst\n[Duschade](SMB QQ 40) i dag.\n",
        "== ÄOU journal clean hemtjänst\n[Duschade](SMB RB 99) i dag.\n",
        "== ÄOU journal clean hemtjänst\n[Duschade(SMB RB 40) i dag.\n",
        "== clauses ÄOU journal clean\nHon åt.\n",
    ],
)
def test_a_fault_names_its_place_and_never_the_note(text: str) -> None:
    found = [one for one in read(text) if isinstance(one, AnnotationError)]
    assert found
    assert all(error.path == "test.notes" and error.line >= 1 for error in found)
    assert all("Duschade" not in str(error) and "Hon åt" not in str(error) for error in found)


def test_the_collection_is_whole_and_large() -> None:
    notes = load_notes()
    whole = [note for note in notes if not note.clause]
    clauses = [note for note in notes if note.clause]
    assert len(whole) >= 3000
    assert len(clauses) >= 8000
    assert sum(not note.labels for note in notes) >= 1000
    assert all(note.text[label.start : label.end].strip() for note in notes for label in note.labels)


def test_no_note_stands_twice() -> None:
    ids = [note.id for note in load_notes()]
    assert len(ids) == len(set(ids))
