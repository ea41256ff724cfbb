"""Type-ahead over every KSI and ICF code: codes, official titles, and plain wordings and search words that are given.

Sets of codes are kept as the bits of whole numbers, one bit a code in the order in which equals are shown. A query
gives one set a level of likeness, the best first, so that nothing is scored and a query always gives the same order:

1. the query is the title ("att" apart), or the beginning of the code in any writing ("SME RB", "d6402.2")
2. every word is a whole word of the title
3. the query is the beginning of the title
4. every word begins a word of the title
5. every word is a whole word of the title, a plain wording or a search word; then begins one
6. the same with å ä ö folded to a a o
7. every word stands inside a word ("larm" in "trygghetslarm")
8. only if nothing was found: misspelt words are mended, and the words that fit least passed over

From 5 on small words ("att", "hjälp", "med") are disregarded.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from operator import and_, itemgetter, or_
from typing import Final, Literal, TypeAlias

from phrases.catalogue import Catalogue, catalogue
from phrases.codes import parse_icf, tidy
from phrases.errors import InputError

__all__ = ["Hit", "Index", "System", "Via", "Wording", "search"]

System = Literal["ksi", "icf"]
Via = Literal["code", "title", "plain", "word"]

MAX_LIMIT: Final = 200
MAX_LENGTH: Final = 100
"""The letters of a query that are looked at; nobody types more to find a code."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code is called beside its title: a plain wording, and search words ("nedre tvätt", "dusch*")."""

    plain: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A code that a query found; `matched` is the phrase that it was found by, `via` what kind of phrase that is."""

    code: str
    title: str
    plain: str
    matched: str
    system: System
    via: Via


# Those who carry out support are the many who search: what they do comes first.
_ACTION_ORDER: Final = (
    "RB", "RA", "RC", "PH", "PN", "PU", "PV", "PM", "RD", "SM", "SZ", "SX",
    "AA", "AS", "AV", "AM", "AT", "AU", "AC", "AZ", "AX",
)  # fmt: skip
_SMALL_WORDS: Final = frozenset(
    {
        "att", "av", "behöver", "en", "ett", "få", "får", "för", "hjälp", "hjälpa", "i", "med", "och", "om", "på",
        "som", "sig", "sin", "sitt", "sina", "till", "vid",
    }
)  # fmt: skip
"""Words that tell no code from another where everyday words are matched; titles are matched with them."""
_FOLDED: Final = str.maketrans("åäöéèüæø", "aaoeeuao")
_WORD: Final = re.compile(r"\w+")
_OPEN: Final = re.compile(r"(\w+)\*")
_SHORTEST_INSIDE: Final = 4
_SHORTEST_OPEN: Final = 3
_SHORTEST_MISSPELT: Final = 4
_SHORTEST_CODE: Final = 2
_TARGET: Final = 3
"""The letters of a target; what is longer and begins a code is a code, and no word."""

_Sets: TypeAlias = defaultdict[str, int]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _telling(words: Sequence[str]) -> Sequence[str]:
    """The words without the small ones; if there are only small ones, all."""
    return [word for word in words if word not in _SMALL_WORDS] or words


def _open_words(text: str) -> list[str]:
    return _OPEN.findall(text.lower())


def _fold(word: str) -> str:
    return word.translate(_FOLDED)


def _squeezed(code: str) -> str:
    return re.sub(r"[\s.\-_/]", "", code).upper()


class _Vocabulary:
    """Words and the set of codes that have each; the sets are the bits of whole numbers."""

    def __init__(self, sets: Mapping[str, int]) -> None:
        self._words = sorted(sets)
        self._sets = [sets[word] for word in self._words]
        # All words in one text, to find a part of any of them in one go.
        self._text = "\n".join(self._words)
        self._places = [0, *accumulate(len(word) + 1 for word in self._words)]

    def __contains__(self, part: str) -> bool:
        """Whether any word has this part."""
        return part in self._text

    def whole(self, word: str) -> int:
        place = bisect_left(self._words, word)
        return self._sets[place] if place < len(self._words) and self._words[place] == word else 0

    def beginning(self, start: str) -> int:
        """The codes that have a word beginning with `start`."""
        first = bisect_left(self._words, start)
        return reduce(or_, self._sets[first : bisect_left(self._words, start + _LAST, first)], 0)

    def inside(self, part: str) -> int:
        """The codes that have `part` anywhere in a word, for parts that say something."""
        found = 0
        at = self._text.find(part) if len(part) >= _SHORTEST_INSIDE else -1
        while at >= 0:
            place = bisect_right(self._places, at) - 1
            found |= self._sets[place]
            at = self._text.find(part, self._places[place + 1])
        return found

    def closest(self, word: str) -> tuple[str, ...]:
        """The words that `word` may be a slip for: one slip, two in a long word; the nearest only, whole before begun.

        One of the first two letters must be right: learners of Swedish miss the first letter in 4 % of their slips.
        """
        if len(word) < _SHORTEST_MISSPELT:
            return ()
        from rapidfuzz import process  # needed for misspelt words only
        from rapidfuzz.distance import OSA

        slips = 1 if len(word) < _LONG else 2
        known = [
            candidate
            for letter in {word[0], word[1]}
            for candidate in self._words[bisect_left(self._words, letter) : bisect_left(self._words, letter + _LAST)]
        ]
        whole = [len(candidate) <= len(word) + slips for candidate in known]
        compared = [candidate if kept else candidate[: len(word)] for candidate, kept in zip(known, whole, strict=True)]
        near = process.extract(word, compared, scorer=OSA.distance, score_cutoff=slips, limit=None)
        least = min(((distance, not whole[place]) for _, distance, place in near), default=None)
        return tuple(sorted(known[place] for _, distance, place in near if (distance, not whole[place]) == least))


_LAST: Final = "\U0010ffff"
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Something a code is called, how it reads folded, and the beginnings of words in it that a `*` leaves open."""

    via: Via
    text: str
    folded: str
    open: tuple[str, ...] = ()

    def count(self, terms: Sequence[tuple[str, ...]]) -> int:
        """How many of the asked words the phrase has, any of the alternatives counting for each."""
        return sum(any(self._has(word) for word in alternatives) for alternatives in terms)

    def _has(self, word: str) -> bool:
        return word in self.folded or word.startswith(self.open)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code as it is shown, and the target whose wording it shares (its own code where it has no target)."""

    code: str
    system: System
    target: str
    title: _Phrase
    plain: str


class Index:
    """The codes of a catalogue with `wordings` by code; the wording of a target counts for all its activities."""

    def __init__(self, known: Catalogue, wordings: Mapping[str, Wording] | None = None) -> None:
        self._known = known
        self._entries = tuple(_entries(known, wordings or {}))
        self._phrases = {code: tuple(_phrases(wording)) for code, wording in (wordings or {}).items()}
        titles: _Sets = defaultdict(int)
        title_words: _Sets = defaultdict(int)
        codes: _Sets = defaultdict(int)
        covered: _Sets = defaultdict(int)  # by target or code: whom a wording speaks for
        for place, entry in enumerate(self._entries):
            bit = 1 << place
            codes[_squeezed(entry.code)] |= bit
            for code in {entry.code, entry.target}:
                covered[code] |= bit
            words = _words(entry.title.text)
            for start in (words, words[1:]) if words[0] == "att" else (words,):
                titles[" ".join(start)] |= bit
            for word in {*words, *_words(entry.code)}:
                title_words[word] |= bit
        other_words: _Sets = defaultdict(int)
        self._open: _Sets = defaultdict(int)  # beginnings of words that any ending may follow
        for code, wording in (wordings or {}).items():
            for text in (wording.plain, *wording.words):
                for word in _words(text):
                    other_words[word] |= covered[code]
                for word in _open_words(text):
                    self._open[word] |= covered[code]
        self._codes = _Vocabulary(codes)
        self._titles = _Vocabulary(titles)
        self._title_words, self._other_words = _Vocabulary(title_words), _Vocabulary(other_words)
        self._folded_title_words = _Vocabulary(_with_folded(title_words))
        self._folded_words = _Vocabulary(_with_folded(title_words, other_words))
        self._folded_open = _with_folded(self._open)
        self._of_system: dict[str, int] = {
            system: _bits(place for place, entry in enumerate(self._entries) if entry.system == system)
            for system in ("ksi", "icf")
        }
        self._of_selection: dict[frozenset[str], int] = {}

    def search(
        self, query: str, system: str | None = None, selection: str | None = None, limit: int = 20, page: int = 1
    ) -> list[Hit]:
        """The codes that a query finds, best first; the order stands at the top of the module. Nothing finds nothing.

        `system` is "ksi" or "icf"; `selection` leaves out the KSI codes that an official selection says no to (codes on
        which the selections are silent stay); `page` counts from 1. InputError for any of them that is not possible.
        """
        within = self._within(system, selection)
        if not 1 <= limit <= MAX_LIMIT:
            raise InputError("limit", f"Ange 1 till {MAX_LIMIT} träffar.", f"Give 1 to {MAX_LIMIT} hits.")
        if page < 1:
            raise InputError("page", "Sidorna räknas från 1.", "Pages count from 1.")
        text = tidy(unicodedata.normalize("NFC", query[:MAX_LENGTH]))
        words = _words(text)
        if not words:
            return []
        by_code = self._by_code(text)
        terms = [self._term(_fold(word)) for word in _telling(words)]
        places = _in_order(self._levels(text, words, terms, by_code, within), (page - 1) * limit, limit)
        phrases = _Matched(terms, self._phrases)
        hits = []
        for place in places:
            entry = self._entries[place]
            matched = _Phrase("code", entry.code, "") if by_code >> place & 1 else phrases.of(entry)
            hits.append(Hit(entry.code, entry.title.text, entry.plain, matched.text, entry.system, matched.via))
        return hits

    def _within(self, system: str | None, selection: str | None) -> int:
        if system is not None and system not in self._of_system:
            raise InputError("system", "Kodverket finns inte.", "There is no such code system.", tuple(self._of_system))
        within = sum(self._of_system.values()) if system is None else self._of_system[system]
        if selection is None:
            return within
        selected = self._known.selection(selection)
        if selected not in self._of_selection:
            codes = selected | self._known.unplaced
            self._of_selection[selected] = _bits(
                place for place, entry in enumerate(self._entries) if entry.system == "icf" or entry.code in codes
            )
        return within & self._of_selection[selected]

    def _by_code(self, text: str) -> int:
        """The codes that begin like `text`; ICF qualifiers behind a code are disregarded."""
        squeezed = _squeezed(text)
        if len(squeezed) < _SHORTEST_CODE:
            return 0
        found = self._codes.beginning(squeezed)
        if found:
            return found
        try:
            return self._codes.beginning(_squeezed(parse_icf(text).code))
        except InputError:
            return 0

    def _term(self, word: str) -> tuple[str, ...]:
        """A folded word, or what it may be a slip for if nothing has it."""
        known = word in self._folded_words or _opened(self._folded_open, word)
        return (word,) if known else self._folded_words.closest(word) or (word,)

    def _levels(
        self, text: str, words: Sequence[str], terms: Sequence[tuple[str, ...]], by_code: int, within: int
    ) -> Iterator[int]:
        """The codes at each level of likeness, best first; each is made only when it is asked for."""
        if by_code and len(_squeezed(text)) > _TARGET:
            yield by_code & within
            return
        found = 0
        for level in self._likely(text, words, by_code):
            found |= level & within
            yield level & within
        if not found:
            for level in self._lenient(_telling(words), terms):
                yield level & within

    def _likely(self, text: str, words: Sequence[str], by_code: int) -> Iterator[int]:
        # "se" is a word before it is a code; "SE" and "sme" are codes.
        code_first = len(words[0]) > _SHORTEST_CODE or text.isupper()
        yield self._titles.whole(" ".join(words))
        if code_first:
            yield by_code
        yield _all(self._title_words.whole, words)
        yield self._titles.beginning(" ".join(words))
        yield _all(self._title_words.beginning, words)
        telling = _telling(words)
        yield _all(self._whole, telling)
        yield _all(self._beginning, telling)
        yield by_code
        yield _all(self._folded_title_words.beginning, map(_fold, words))
        yield _all(self._folded_whole, map(_fold, telling))
        yield _all(self._folded_beginning, map(_fold, telling))
        yield _all(self._inside, telling)

    def _lenient(self, words: Sequence[str], terms: Sequence[tuple[str, ...]]) -> Iterator[int]:
        """The codes that have every word that anything has; then without one word after the other, down to half.

        The first to go are words that had to be mended, then the most common.
        """
        asked = [(term != (_fold(word),), term) for word, term in zip(words, terms, strict=True)]
        for likeness in (self._folded_whole, self._folded_beginning, self._folded_inside):
            having = [(mended, reduce(or_, map(likeness, term))) for mended, term in asked]
            best_first = sorted((mended, codes.bit_count(), codes) for mended, codes in having if codes)
            for kept in range(len(best_first), max(0, len(best_first) - 1) // 2, -1):
                yield reduce(and_, (codes for _, _, codes in best_first[:kept]))

    def _whole(self, word: str) -> int:
        return self._title_words.whole(word) | self._other_words.whole(word) | _opened(self._open, word)

    def _beginning(self, word: str) -> int:
        return self._title_words.beginning(word) | self._other_words.beginning(word) | _opened(self._open, word)

    def _folded_whole(self, word: str) -> int:
        return self._folded_words.whole(word) | _opened(self._folded_open, word)

    def _folded_beginning(self, word: str) -> int:
        return self._folded_words.beginning(word) | _opened(self._folded_open, word)

    def _inside(self, word: str) -> int:
        return self._beginning(word) | self._title_words.inside(word) | self._other_words.inside(word)

    def _folded_inside(self, word: str) -> int:
        return self._folded_beginning(word) | self._folded_words.inside(word)


def _opened(beginnings: Mapping[str, int], word: str) -> int:
    """The codes with a search word that `word` continues ("dusch*" for "duschade")."""
    starts = (word[:length] for length in range(_SHORTEST_OPEN, len(word) + 1))
    return reduce(or_, (beginnings[start] for start in starts if start in beginnings), 0)


def _with_folded(*tables: _Sets) -> _Sets:
    """The tables as one, their words folded."""
    folded: _Sets = defaultdict(int)
    for table in tables:
        for word, codes in table.items():
            folded[_fold(word)] |= codes
    return folded


def _bits(places: Iterable[int]) -> int:
    return reduce(or_, (1 << place for place in places), 0)


def _all(codes_with: Callable[[str], int], words: Iterable[str]) -> int:
    return reduce(and_, map(codes_with, words))


def _in_order(levels: Iterable[int], skip: int, limit: int) -> list[int]:
    """The places in the sets, level by level and no place twice, `skip` passed over and at most `limit` taken."""
    seen = 0
    places: list[int] = []
    for level in levels:
        new = level & ~seen
        seen |= new
        count = new.bit_count()
        if count <= skip:
            skip -= count
            continue
        while new and len(places) < limit:
            lowest = new & -new
            new ^= lowest
            if skip:
                skip -= 1
            else:
                places.append(lowest.bit_length() - 1)
        if len(places) == limit:
            break
    return places


class _Matched:
    """Tells what an entry was found by: the phrase with most of the asked words, the title before its equals."""

    def __init__(self, terms: Sequence[tuple[str, ...]], phrases: Mapping[str, Sequence[_Phrase]]) -> None:
        self._terms = terms
        self._phrases = phrases
        self._best: dict[str, tuple[int, _Phrase | None]] = {}

    def of(self, entry: _Entry) -> _Phrase:
        best, most = entry.title, entry.title.count(self._terms)
        if most < len(self._terms):
            for code in (entry.code, entry.target):
                count, phrase = self._among(code)
                if phrase is not None and count > most:
                    best, most = phrase, count
        return best

    def _among(self, code: str) -> tuple[int, _Phrase | None]:
        """The best of the phrases given for a code, worked out once for all the activities of a target."""
        if code not in self._best:
            counted = ((phrase.count(self._terms), phrase) for phrase in self._phrases.get(code, ()))
            self._best[code] = max(counted, key=itemgetter(0), default=(0, None))
        return self._best[code]


def _entries(known: Catalogue, wordings: Mapping[str, Wording]) -> Iterator[_Entry]:
    """Every code in the order in which equals are shown: services, activities, administration, ICF."""

    def entry(code: str, title: str, system: System, target: str) -> _Entry:
        plain = next((wordings[key].plain for key in (code, target) if key in wordings and wordings[key].plain), "")
        return _Entry(code, system, target, _phrase("title", title), plain)

    for item in known.statistical.values():
        yield entry(item.code, item.title, "ksi", item.code)
    for target in known.targets:
        for action in sorted(known.actions_of(target), key=_ACTION_ORDER.index):
            activity = known.activities[f"{target}.{action}.ZZ"]
            yield entry(activity.code, activity.title, "ksi", target)
    for item in known.administrative.values():
        yield entry(item.code, item.title, "ksi", item.code)
    for category in known.icf.values():
        yield entry(category.code, category.term, "icf", category.code)


def _phrases(wording: Wording) -> Iterator[_Phrase]:
    if wording.plain:
        yield _phrase("plain", wording.plain)
    for word in wording.words:
        yield _phrase("word", word)


def _phrase(via: Via, text: str) -> _Phrase:
    folded = [_fold(word) for word in _words(text)]
    return _Phrase(via, text.replace("*", ""), " ".join(folded), tuple(map(_fold, _open_words(text))))


@lru_cache(maxsize=1)
def _plain_index() -> Index:
    return Index(catalogue())


def search(
    query: str, system: str | None = None, selection: str | None = None, limit: int = 20, page: int = 1
) -> list[Hit]:
    """`Index.search` on the codes and official titles alone; whoever has wordings makes an Index of their own."""
    return _plain_index().search(query, system, selection, limit, page)
