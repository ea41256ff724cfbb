"""From a note to words with offsets: case, abbreviations, and spelling corrected toward the words of the domain.

Every `Word` keeps where it stood in the original text, so that evidence is exact whatever was corrected on the way.
A word that the vocabulary knows is never touched; an unknown one is compared by its skeleton (å ä ö folded, double
consonants single, letters that sound alike made one) and edit distance, and changed only when a known word is near.
Split compounds ("rull stol") are joined, joined words ("tillaffären") stay: their letters speak for themselves.

Facts behind it: SweLL's shares of learner errors (shared/facts.md): 22 % of the misspellings differ only in å/ä/ö,
18 % only in double consonants, 81 % in one edit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from phrases.resources import parse_yaml

ABBREVIATIONS: Final = Path(__file__).parent / "data" / "abbreviations.yaml"

_WORD: Final = re.compile(r"[^\W\d_]+(?:[:.'’][^\W\d_]+)*(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]|_")
_FOLD: Final = str.maketrans("åäáàâãéèêëíìîïöøóòôõúùûýçñüæœ", "aaaaaaeeeeiiiioooooouuuycnuao")
_DOUBLE: Final = re.compile(r"([b-df-hj-np-tv-z])\1+")
# Spellings that sound alike in learners' Swedish; longest first. Applied after folding.
_SOUNDS: Final = (
    (re.compile(r"stj|skj|sch|sj|tj|kj|sh|ch"), "S"),
    (re.compile(r"sk(?=[eiy])"), "S"),
    (re.compile(r"ck|ch|q"), "k"),
    (re.compile(r"^(hj|gj|lj|dj)"), "j"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"[cg]"), "k"),
    (re.compile(r"[wv]"), "f"),
    (re.compile(r"z"), "s"),
    (re.compile(r"b"), "p"),
    (re.compile(r"d"), "t"),
)
_VOWELS: Final = str.maketrans("eiyou", "aiyuu")
MAX_WORD: Final = 40
NAME: Final = "nn"
_SENTENCE_ENDS: Final = frozenset(".!?:;")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or sign: `text[start:end]` of the note, what is meant by it, and whether it was changed to
    that.
    """

    raw: str
    norm: str
    start: int
    end: int
    known: bool = True

    @property
    def letters(self) -> bool:
        return self.norm[:1].isalpha()


def wordset(words: str) -> frozenset[str]:
    """The words of a text as a set: for short lists that read best as lines of words."""
    return frozenset(words.split())


def fold(word: str) -> str:
    """Lower case with å ä ö and accents folded away: `fold("Kläder") == "klader"`."""
    return word.lower().translate(_FOLD)


def skeleton(word: str) -> str:
    """Folded, double consonants single: `skeleton("tvättade") == "tvatade"`."""
    return _DOUBLE.sub(r"\1", fold(word))


def sound(word: str) -> str:
    """The skeleton with letters that sound alike made one (b/p, d/t, g/k, v/f/w, sj/tj): words that are heard as
    the same.
    """
    return _heard(skeleton(word))


def _heard(form: str) -> str:
    """The sound of a skeleton."""
    for pattern, letter in _SOUNDS:
        form = pattern.sub(letter, form)
    return _DOUBLE.sub(r"\1", form.translate(_VOWELS))


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, str]:
    """Short form -> words meant, from `models/data/abbreviations.yaml`."""
    return {str(short): str(words) for short, words in parse_yaml(ABBREVIATIONS).items()}


class Vocabulary:
    """The words of the domain with how common they are, and the nearest of them to a word that is not among them."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts: dict[str, int] = dict(counts)
        self._forms: dict[str, tuple[str, str]] = {}
        self._skeletons: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        # a quarter of a million entries, nearly all of one word: a list only where there are more
        self._deletions: dict[str, str | list[str]] = {}
        for word in self.counts:
            if len(word) < 3:
                continue
            key = skeleton(word)
            heard = _heard(key)
            self._forms[word] = (key, heard)
            self._skeletons[key].append(word)
            self._sounds[heard].append(word)
            if len(key) >= 4:
                for shorter in _deletions(key):
                    known = self._deletions.setdefault(shorter, word)
                    if isinstance(known, list):
                        known.append(word)
                    elif known is not word:
                        self._deletions[shorter] = [known, word]

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def alike(self, word: str) -> str | None:
        """The commonest known word with the same skeleton, or None."""
        same = self._skeletons.get(skeleton(word), ())
        return min(same, key=lambda candidate: (-self.counts[candidate], candidate), default=None)

    def nearest(self, word: str) -> str | None:
        """The known word that is meant by an unknown lower-case word, or None when none is near enough."""
        if not 3 <= len(word) <= MAX_WORD:
            return None
        key, heard = skeleton(word), sound(word)
        limit = 0.7 if len(key) < 4 else 1.45 if len(key) < 6 else 1.9
        best: tuple[float, int, str] | None = None
        for candidate in self._near(key, heard):
            its_key, its_sound = self._forms[candidate]
            distance = 0.0 if candidate[0] == word[0] else 0.4
            if its_sound == heard:
                distance -= 0.5
            distance += OSA.distance(key, its_key)
            if distance > limit:
                continue
            distance += 0.4 * OSA.distance(word, candidate)
            rank = (distance, -self.counts[candidate], candidate)
            if distance <= limit and (best is None or rank < best):
                best = rank
        return best[2] if best else None

    def _near(self, key: str, heard: str) -> Iterable[str]:
        """The known words with the same skeleton or sound, or at most two letters of the skeleton away."""
        found: dict[str, None] = dict.fromkeys(self._skeletons.get(key, ()))
        found.update(dict.fromkeys(self._sounds.get(heard, ())))
        if len(key) >= 4:
            found.update(dict.fromkeys(self._without_a_letter(key)))
            for shorter in _deletions(key):
                found.update(dict.fromkeys(self._skeletons.get(shorter, ())))
                found.update(dict.fromkeys(self._without_a_letter(shorter)))
        return found

    def _without_a_letter(self, key: str) -> Sequence[str]:
        """The known words whose skeleton is this one with a letter more."""
        known = self._deletions.get(key, ())
        return (known,) if isinstance(known, str) else known


def _deletions(key: str) -> Iterable[str]:
    return {key[:i] + key[i + 1 :] for i in range(len(key))}


class Normaliser:
    """Turns a text into words; holds the vocabulary that spelling is corrected toward.

    Given names all become `NAME`, and so does a capital inside a sentence that resembles no known word.
    """

    def __init__(self, vocabulary: Vocabulary, names: Container[str]) -> None:
        self.vocabulary = vocabulary
        self._names = names
        self._short = abbreviations()

    def words(self, text: str) -> list[Word]:
        """The words, numbers and signs of a text in order, with offsets into it."""
        found: list[Word] = []
        inside = False
        for match in _WORD.finditer(text):
            found.append(self._word(match, inside))
            inside = found[-1].raw not in _SENTENCE_ENDS
        return self._joined(found, text)

    def _word(self, match: re.Match[str], inside: bool) -> Word:
        raw = match.group()
        low = raw.lower()
        start, end = match.span()
        if not low[0].isalpha():
            return Word(raw, low, start, end)
        short = self._short.get(low.replace(".", ""))
        if short is not None:
            return Word(raw, short, start, end)
        capital = raw[0].isupper() and not raw.isupper()
        named = low in self._names or (low[-1] == "s" and low[:-1] in self._names)
        if named and (capital or low not in self.vocabulary):
            return Word(raw, NAME, start, end)
        if low in self.vocabulary:
            return Word(raw, low, start, end)
        if capital and inside:
            return Word(raw, self.vocabulary.alike(low) or NAME, start, end)
        meant = self.vocabulary.nearest(low)
        return Word(raw, meant or low, start, end, known=meant is not None)

    def _joined(self, words: Sequence[Word], text: str) -> list[Word]:
        """Split compounds put together: two neighbours of which one is no known word, whose joined form is one."""
        joined: list[Word] = []
        for word in words:
            before = joined[-1] if joined else None
            if before is not None and word.letters and before.letters and text[before.end : word.start] == " ":
                compound = (before.raw + word.raw).lower()
                if len(compound) >= 7 and (len(before.raw) > 2 and len(word.raw) > 2):
                    meant = compound if compound in self.vocabulary else None
                    if meant is None and not (before.known and word.known):
                        meant = self.vocabulary.nearest(compound)
                    if meant is not None and " " not in before.norm + word.norm:
                        joined[-1] = Word(text[before.start : word.end], meant, before.start, word.end)
                        continue
            joined.append(word)
        return joined
