"""A seeded noise model: what happens to Swedish words in the hands of learners and people in a hurry.

Shares and tables stand in `models/data/noise.yaml`; the shares are SweLL's (4,430 corrections by adult learners,
shared/facts.md). The same seed gives the same noise. Labels keep pointing at the same words, whatever happens to
their letters.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from models.annotation import Note
from models.normalise import fold
from phrases.resources import parse_yaml

TABLES: Final = Path(__file__).parent / "data" / "noise.yaml"
_PIECE: Final = re.compile(r"\w+|[^\w\s]|\s+")
_CONSONANTS: Final = "bdfgklmnprstv"


@dataclass(slots=True)
class _Piece:
    """A word, sign or gap: where it stood in the clean text, and what stands there now."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> bool:
        return self.text[:1].isalpha()


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Any]:
    """The shares and tables of the noise model."""
    content: Mapping[str, Any] = parse_yaml(TABLES)
    return content


def noisy_text(text: str, share: float, seed: int) -> str:
    """The text with about `share` (0..1) of its words changed."""
    return "".join(piece.text for piece in _noisy(text, share, random.Random(seed)))


def noisy(note: Note, share: float, seed: int) -> Note:
    """The note with about `share` of its words changed; labels cover the same words as before. Its id is kept."""
    pieces = _noisy(note.text, share, random.Random(f"{seed} {note.id}"))
    places: list[tuple[int, int, int, int, str]] = []
    length = 0
    for piece in pieces:
        places.append((piece.start, piece.end, length, length + len(piece.text), piece.text))
        length += len(piece.text)
    labels = []
    for label in note.labels:
        inside = [
            (a, b) for start, end, a, b, text in places if start >= label.start and end <= label.end and text.strip()
        ]
        if inside:
            labels.append(replace(label, start=min(a for a, _ in inside), end=max(b for _, b in inside)))
    return replace(note, text="".join(piece.text for piece in pieces), labels=tuple(labels))


def _noisy(text: str, share: float, rng: random.Random) -> list[_Piece]:
    pieces = [_Piece(match.group(), *match.span()) for match in _PIECE.finditer(text)]
    places = [index for index, piece in enumerate(pieces) if piece.word]
    kinds = tables()["kinds"]
    for index in places:
        if rng.random() < share:
            _KINDS[_draw(kinds, rng)](pieces, index, rng)
    return pieces


def _draw(weights: Mapping[str, float], rng: random.Random) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def _morphology(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    word = pieces[index].text
    article = tables()["articles"].get(word.lower())
    if article is not None:
        pieces[index].text = article
        return
    for ending, *others in tables()["endings"]:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            pieces[index].text = word[: len(word) - len(ending)] + rng.choice(others)
            return
    pieces[index].text = word + rng.choice(("en", "et", "a", "ar")) if len(word) > 3 else word


def _syntax(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    if _draw(tables()["syntax"], rng) == "drop":
        if pieces[index].text.lower() in tables()["small"]:
            pieces[index].text = ""
        return
    after = index + 2
    if after < len(pieces) and pieces[after].word and pieces[index + 1].text == " ":
        # the places keep their offsets, so a label covers the same places
        pieces[index].text, pieces[after].text = pieces[after].text, pieces[index].text


def _lexical(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    prepositions: Sequence[str] = tables()["prepositions"]
    if pieces[index].text.lower() in prepositions:
        pieces[index].text = rng.choice(prepositions)


def _english(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    pieces[index].text = tables()["english"].get(pieces[index].text.lower(), pieces[index].text)


def _case(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    word = pieces[index].text
    pieces[index].text = (
        word.lower() if word[0].isupper() else word[0].upper() + word[1:] if rng.random() < 0.3 else word
    )


def _split(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    word = pieces[index].text
    if len(word) >= 8:
        at = rng.randint(3, len(word) - 4)
        pieces[index].text = f"{word[:at]} {word[at:]}"


def _joined(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    if index + 2 < len(pieces) and pieces[index + 2].word and pieces[index + 1].text == " ":
        pieces[index + 1].text = ""


def _punctuation(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    if index + 1 < len(pieces) and pieces[index + 1].text in ".,":
        pieces[index + 1].text = ""


def _spelling(pieces: list[_Piece], index: int, rng: random.Random) -> None:
    word = pieces[index].text
    if len(word) >= 3:
        for _ in range(1 if rng.random() < 0.85 else 2):
            word = _SPELLINGS[_draw(tables()["spelling"], rng)](word, rng)
        pieces[index].text = word


def _fold(word: str, rng: random.Random) -> str:
    folded = fold(word)
    return folded if folded != word.lower() else _vowel(word, rng)


def _double(word: str, rng: random.Random) -> str:
    doubled = [i for i in range(1, len(word)) if word[i] == word[i - 1] and word[i] in _CONSONANTS]
    if doubled:
        at = rng.choice(doubled)
        return word[:at] + word[at + 1 :]
    single = [i for i in range(2, len(word)) if word[i] in _CONSONANTS and word[i - 1] in "aeiouyåäö"]
    if not single:
        return word
    at = rng.choice(single)
    return word[:at] + word[at] + word[at:]


def _vowel(word: str, rng: random.Random) -> str:
    vowels: Mapping[str, Sequence[str]] = tables()["vowels"]
    places = [i for i in range(1, len(word)) if word[i] in vowels]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + rng.choice(vowels[word[at]]) + word[at + 1 :]


def _drop(word: str, rng: random.Random) -> str:
    places = [i for i in range(1, len(word)) if word[i] in tables()["dropped"]]
    if not places or len(word) < 4:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1 :]


def _sound(word: str, rng: random.Random) -> str:
    sounds: Mapping[str, str] = tables()["sounds"]
    places = [(i, letters) for letters in sounds for i in range(1, len(word)) if word.startswith(letters, i)]
    if not places:
        return word
    at, letters = rng.choice(places)
    return word[:at] + sounds[letters] + word[at + len(letters) :]


def _extra(word: str, rng: random.Random) -> str:
    at = rng.randint(1, len(word))
    return word[:at] + rng.choice("aeinrst") + word[at:]


def _transpose(word: str, rng: random.Random) -> str:
    if len(word) < 3:  # of a word of three letters a first error may have left two
        return word
    at = rng.randint(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


_KINDS: Final[Mapping[str, Callable[[list[_Piece], int, random.Random], None]]] = {
    "morphology": _morphology,
    "syntax": _syntax,
    "lexical": _lexical,
    "english": _english,
    "case": _case,
    "split": _split,
    "joined": _joined,
    "punctuation": _punctuation,
    "spelling": _spelling,
}
_SPELLINGS: Final[Mapping[str, Callable[[str, random.Random], str]]] = {
    "fold": _fold,
    "double": _double,
    "vowel": _vowel,
    "drop": _drop,
    "sound": _sound,
    "extra": _extra,
    "transpose": _transpose,
}
