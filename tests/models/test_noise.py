"""The noise model: seeded, as much as asked for, labels on the same words."""

from models.annotation import Note, load_notes
from models.noise import noisy, noisy_text, tables

TEXT = "Jag hjälpte Karin att duscha och klä på sig rena kläder efter frukosten."


def test_the_same_seed_gives_the_same_noise() -> None:
    assert noisy_text(TEXT, 0.5, 1) == noisy_text(TEXT, 0.5, 1)
    assert noisy_text(TEXT, 0.5, 1) != noisy_text(TEXT, 0.5, 2)


def test_no_share_no_noise() -> None:
    assert noisy_text(TEXT, 0.0, 1) == TEXT


def test_two_errors_in_a_word_of_three_letters_are_borne() -> None:
    assert all(noisy_text("all " * 40, 1.0, seed) for seed in range(30))


def test_more_share_means_more_changes() -> None:
    def changed(share: float) -> int:
        notes = load_notes()[:300]
        return sum(len(set(note.text.split()) - set(noisy_text(note.text, share, 5).split())) for note in notes)

    assert 0 < changed(0.1) < changed(0.3) < changed(0.6)


def test_labels_keep_to_their_words() -> None:
    labelled = [note for note in load_notes() if note.labels][:200]
    for note in labelled:
        copy: Note = noisy(note, 0.3, 3)
        assert len(copy.labels) == len(note.labels)
        assert all(copy.text[label.start : label.end].strip() for label in copy.labels)
        assert copy.id == note.id


def test_the_shares_are_those_of_swell() -> None:
    kinds = tables()["kinds"]
    assert (kinds["morphology"], kinds["syntax"], kinds["punctuation"]) == (34, 23, 9)
