"""Type-ahead over every KSI and ICF code: codes, official titles, and plain wordings and search words that are given.

A target is called many things: its official term, its plain wording, search words, local names. Each is a phrase, and
phrases stand in one order, made once: a word of its own ("dusch") before one among others ("dusch två gånger"), the
first search words of a target before its last and before its side words, a category before its block or chapter. A
query walks the phrases that fit, the best likeness first, and nothing is scored, so that it always gives the same:

1. the query is the title ("att" apart), or the beginning of the code in any writing ("SME RB", "d6402.2")
2. the query is a phrase: whole, not yet finished ("dus"), with another ending ("duschade" for "dusch*"), or a compound
   that ends or begins with it ("matinköp")
3. the query is the beginning of the title
4. every word is a word of one phrase: whole, with another ending, then begun
5. every word is a whole word of the title; then begins one; then compounds written apart are joined
6. 2 and 4 with å ä ö folded to a a o; whole folded phrases come early where nobody typed an å, ä or ö
7. every word stands anywhere in the titles and phrases of a code: whole, begun, then folded
8. every word stands inside a word ("larm" in "trygghetslarm")
9. only if nothing was found: misspelt words are mended, and the words that fit least passed over

In phrases small words ("att", "hjälp", "med") are disregarded. Where phrases decide, the supporting activities of a
target come before the next target, its investigating ones behind all. Sets of codes and of phrases are kept as the bits
of whole numbers, one bit a code or phrase in the order in which they are shown.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain, pairwise
from operator import and_, itemgetter, or_
from typing import Final, Literal, TypeAlias

from phrases.catalogue import Catalogue, catalogue
from phrases.codes import parse_icf, tidy
from phrases.errors import InputError
from phrases.local import selected
from phrases.search_words import OpenWords, Sets, Vocabulary, fold, is_small, telling, with_folded, words
from phrases.wordings import Called, Phrase, Phrases, Terms, Via, Wording, distance, distance_of_word

__all__ = ["Hit", "Index", "System", "Via", "Wording", "search"]

System = Literal["ksi", "icf"]

MAX_LIMIT: Final = 200
MAX_LENGTH: Final = 100
"""The letters of a query that are looked at; nobody types more to find a code."""


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
_SHORTEST_CODE: Final = 2
_SHORTEST_BEGUN: Final = 3
"""The letters that begin a word somewhere among all that is said of a code; fewer begin too many."""
_SHORTEST_JOINED: Final = 7
_TARGET: Final = 3
"""The letters of a target; what is longer and begins a code is a code, and no word."""
_BLOCK: Final = 2
"""The level of a block; chapters stand above it."""

_Level: TypeAlias = tuple[int, Phrase | None]
"""Codes alike in fitting, and the phrase that they were found by (None: to be looked for)."""


def _squeezed(code: str) -> str:
    return re.sub(r"[\s.\-_/]", "", code).upper()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code as it is shown, and the target whose wording it shares (its own code where it has no target)."""

    code: str
    system: System
    target: str
    title: Phrase
    plain: str


class Index:
    """The codes of a catalogue with `wordings` by code; the wording of a target counts for all its activities."""

    def __init__(self, known: Catalogue, wordings: Mapping[str, Wording] | None = None) -> None:
        given = wordings or {}
        self._known = known
        self._entries = tuple(_entries(known, given))
        self._wordings = given
        titles: Sets = defaultdict(int)
        title_words: Sets = defaultdict(int)
        codes: Sets = defaultdict(int)
        covered: Sets = defaultdict(int)  # by target or code: whom a wording speaks for
        for place, entry in enumerate(self._entries):
            bit = 1 << place
            codes[_squeezed(entry.code)] |= bit
            for code in {entry.code, entry.target}:
                covered[code] |= bit
            found = words(entry.title.text)
            for start in (found, found[1:]) if found[0] == "att" else (found,):
                titles[" ".join(start)] |= bit
            for word in {*found, *words(entry.code)}:
                title_words[word] |= bit
        other_words: Sets = defaultdict(int)
        self._open = OpenWords()
        for code, wording in given.items():
            for text in (wording.plain, *wording.words, *wording.local):
                for word in words(text):
                    other_words[word] |= covered[code]
                self._open.add(text, covered[code])
            for word in filter(_is_one_word, wording.never):
                self._open.bar(word, covered[code])
        self._phrases = Phrases(
            (
                (key, via, text, covered[key], far)
                for key, via, text, far in chain(_terms(known), _given(known, given))
                if covered[key]
            ),
            ((code, word) for code, wording in given.items() for word in filter(_is_one_word, wording.never)),
        )
        self._codes = Vocabulary(codes)
        self._titles = Vocabulary(titles)
        self._title_words, self._other_words = Vocabulary(title_words), Vocabulary(other_words)
        self._folded_title_words = Vocabulary(with_folded(title_words))
        self._folded_words = Vocabulary(with_folded(title_words, other_words))
        self._folded_open = self._open.folded()
        self._of_system: dict[str, int] = {
            system: _bits(place for place, entry in enumerate(self._entries) if entry.system == system)
            for system in ("ksi", "icf")
        }
        investigating = {f".{code}." for code, action in known.actions.items() if action.is_investigating}
        self._investigating = _bits(
            place
            for place, entry in enumerate(self._entries)
            if entry.target in known.targets and entry.code[3:7] in investigating
        )
        self._of_selection: dict[str, int] = {}

    def search(
        self, query: str, system: str | None = None, selection: str | None = None, limit: int = 20, page: int = 1
    ) -> list[Hit]:
        """The codes that a query finds, best first; the order stands at the top of the module. Nothing finds nothing.

        `system` is "ksi" or "icf"; `selection` leaves out the KSI codes that an official selection says no to (codes on
        which the selections are silent stay), or that a local choice leaves out ("ÄOU/planering"); `page` counts from
        1. InputError for any of them that is not possible.
        """
        within = self._within(system, selection)
        if not 1 <= limit <= MAX_LIMIT:
            raise InputError("limit", f"Ange 1 till {MAX_LIMIT} träffar.", f"Give 1 to {MAX_LIMIT} hits.")
        if page < 1:
            raise InputError("page", "Sidorna räknas från 1.", "Pages count from 1.")
        text = tidy(unicodedata.normalize("NFC", query[:MAX_LENGTH]))
        asked = words(text)
        if not asked:
            return []
        by_code = self._by_code(text)
        terms = [self._term(fold(word)) for word in telling(asked)]
        levels = ((codes & within, found) for codes, found in self._levels(text, asked, terms, by_code, within))
        matched = _Matched(terms, self._wordings)
        hits = []
        for place, found in _in_order(levels, (page - 1) * limit, limit):
            entry = self._entries[place]
            by = Phrase("code", entry.code) if by_code >> place & 1 else matched.of(entry, found)
            hits.append(Hit(entry.code, entry.title.text, entry.plain, by.shown, entry.system, by.via))
        return hits

    def _within(self, system: str | None, selection: str | None) -> int:
        if system is not None and system not in self._of_system:
            raise InputError("system", "Kodverket finns inte.", "There is no such code system.", tuple(self._of_system))
        within = sum(self._of_system.values()) if system is None else self._of_system[system]
        if selection is None:
            return within
        chosen = selected(selection, known=self._known)
        if chosen.name not in self._of_selection:
            self._of_selection[chosen.name] = _bits(
                place
                for place, entry in enumerate(self._entries)
                if entry.system == "icf" or chosen.permits(entry.code, self._known)
            )
        return within & self._of_selection[chosen.name]

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
        known = word in self._folded_words or self._folded_open.members(word)
        return (word,) if known else self._folded_words.closest(word) or (word,)

    def _levels(self, text: str, asked: Sequence[str], terms: Terms, by_code: int, within: int) -> Iterator[_Level]:
        """The codes at each level of likeness, best first; each is made only when it is asked for."""
        if by_code and len(_squeezed(text)) > _TARGET:
            yield by_code, None
            return
        found = 0
        for codes, by in self._likely(text, asked, by_code):
            found |= codes & within
            yield codes, by
        if not found:
            yield from self._lenient(telling(asked), terms)

    def _likely(self, text: str, asked: Sequence[str], by_code: int) -> Iterator[_Level]:
        # "se" is a word before it is a code; "SE" and "sme" are codes.
        code_first = len(asked[0]) > _SHORTEST_CODE or text.isupper()
        said = telling(asked)
        exact, folded = _as_terms(said), _as_terms(map(fold, said))
        yield self._titles.whole(" ".join(asked)), None
        if code_first:
            yield by_code, None
        yield from self._said(self._phrases.complete(exact, folded))
        yield self._titles.beginning(" ".join(asked)), None
        yield from self._said(self._phrases.within(exact))
        yield _all(self._title_words.whole, asked), None
        yield _all(self._title_words.beginning, asked), None
        for joined in _joined(said):
            yield from self._said(self._phrases.complete(_as_terms(joined), _as_terms(map(fold, joined))))
        yield from self._said(self._phrases.within(folded, folded=True))
        yield _all(self._whole, said), None
        yield _all(self._beginning, said), None
        yield by_code, None
        yield _all(self._folded_title_words.beginning, map(fold, asked)), None
        yield _all(self._folded_whole, map(fold, said)), None
        yield _all(self._folded_beginning, map(fold, said)), None
        yield _all(self._inside, said), None

    def _said(self, called: Iterable[Called]) -> Iterator[_Level]:
        """What phrases speak for, phrase by phrase, without the investigating activities: nobody means them by it."""
        for one in called:
            yield one.codes & ~self._investigating, one.phrase

    def _lenient(self, said: Sequence[str], terms: Terms) -> Iterator[_Level]:
        """The codes that have every word that anything has; then without one word after the other, down to half.

        Words of one or two letters go at once ("ge", "ut"); then words that had to be mended, then those
        known only without å ä ö, then the most common.
        """
        pairs = list(zip(said, terms, strict=True))
        asked = [
            (self._strangeness(word, term), term) for word, term in [pair for pair in pairs if _tells(*pair)] or pairs
        ]
        for likeness in (self._folded_whole, self._folded_beginning, self._folded_inside):
            having = [(strange, reduce(or_, map(likeness, term)), term) for strange, term in asked]
            best_first = sorted(
                ((strange, codes.bit_count(), codes, term) for strange, codes, term in having if codes),
                key=itemgetter(0, 1),
            )
            for kept in range(len(best_first), max(0, len(best_first) - 1) // 2, -1):
                chosen = best_first[:kept]
                kept_terms = [term for *_, term in chosen]
                yield from self._said(self._phrases.complete(kept_terms, kept_terms))
                yield from self._said(self._phrases.within(kept_terms, folded=True))
                yield reduce(and_, (codes for _, _, codes, _ in chosen)), None

    def _strangeness(self, word: str, term: tuple[str, ...]) -> int:
        return 2 if term != (fold(word),) else 0 if self._beginning(word) else 1

    def _whole(self, word: str) -> int:
        return self._title_words.whole(word) | self._other_words.whole(word) | self._open.members(word)

    def _beginning(self, word: str) -> int:
        if len(word) < _SHORTEST_BEGUN:
            return self._whole(word)
        return self._title_words.beginning(word) | self._other_words.beginning(word) | self._open.members(word)

    def _folded_whole(self, word: str) -> int:
        return self._folded_words.whole(word) | self._folded_open.members(word)

    def _folded_beginning(self, word: str) -> int:
        if len(word) < _SHORTEST_BEGUN:
            return self._folded_whole(word)
        return self._folded_words.beginning(word) | self._folded_open.members(word)

    def _inside(self, word: str) -> int:
        return self._beginning(word) | self._title_words.inside(word) | self._other_words.inside(word)

    def _folded_inside(self, word: str) -> int:
        return self._folded_beginning(word) | self._folded_words.inside(word)


def _tells(word: str, term: Sequence[str]) -> bool:
    """Whether a word is worth keeping where not all can be found: no small one, nor one of two letters."""
    return len(word) >= _SHORTEST_BEGUN and not all(map(is_small, term))


def _is_one_word(text: str) -> bool:
    return len(words(text)) == 1


def _as_terms(said: Iterable[str]) -> Terms:
    return [(word,) for word in said]


def _joined(said: Sequence[str]) -> Iterator[list[str]]:
    """The words with two neighbours written as one: "trygghets larm"."""
    for place, (first, second) in enumerate(pairwise(said)):
        if len(first + second) >= _SHORTEST_JOINED:
            yield [*said[:place], first + second, *said[place + 2 :]]


def _bits(places: Iterable[int]) -> int:
    return reduce(or_, (1 << place for place in places), 0)


def _all(codes_with: Callable[[str], int], found: Iterable[str]) -> int:
    return reduce(and_, map(codes_with, found))


def _in_order(levels: Iterable[_Level], skip: int, limit: int) -> list[tuple[int, Phrase | None]]:
    """The places in the sets, level by level and no place twice, `skip` passed over and at most `limit` taken."""
    seen = 0
    places: list[tuple[int, Phrase | None]] = []
    for level, by in levels:
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
                places.append((lowest.bit_length() - 1, by))
        if len(places) == limit:
            break
    return places


class _Matched:
    """Tells what an entry was found by: the phrase that led to it, else the one with most of the asked words, the
    title before its equals.
    """

    def __init__(self, terms: Terms, wordings: Mapping[str, Wording]) -> None:
        self._terms = terms
        self._wordings = wordings
        self._best: dict[str, tuple[int, Phrase | None]] = {}

    def of(self, entry: _Entry, found: Phrase | None) -> Phrase:
        if found is not None:
            return entry.title if found.via == "title" else found
        best, most = entry.title, entry.title.count(self._terms)
        if most < len(self._terms):
            for code in (entry.code, entry.target):
                count, by = self._among(code)
                if by is not None and count > most:
                    best, most = by, count
        return best

    def _among(self, code: str) -> tuple[int, Phrase | None]:
        """The best of the phrases given for a code, worked out once for all the activities of a target."""
        if code not in self._best:
            given = _phrases(self._wordings[code]) if code in self._wordings else ()
            counted = ((by.count(self._terms), by) for by in given)
            self._best[code] = max(counted, key=itemgetter(0), default=(0, None))
        return self._best[code]


def _entries(known: Catalogue, wordings: Mapping[str, Wording]) -> Iterator[_Entry]:
    """Every code in the order in which equals are shown: services, activities, administration, ICF."""

    def entry(code: str, title: str, system: System, target: str) -> _Entry:
        plain = next((wordings[key].plain for key in (code, target) if key in wordings and wordings[key].plain), "")
        return _Entry(code, system, target, Phrase("title", title), plain)

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


_Said: TypeAlias = tuple[str, Via, str, float]
"""The code or target that a phrase is said of, its kind, its words, and how far it is from saying just that."""


def _terms(known: Catalogue) -> Iterator[_Said]:
    """The official terms of all that wordings are given for."""
    for target in known.targets.values():
        yield target.code, "title", target.term, distance(target.term, wide=target.level <= _BLOCK)
    for items in (known.statistical, known.administrative):
        for item in items.values():
            yield item.code, "title", item.title, distance(item.title)
    for category in known.icf.values():
        yield (
            category.code,
            "title",
            category.term,
            distance(category.term, wide=category.level in ("chapter", "block")),
        )


def _given(known: Catalogue, wordings: Mapping[str, Wording]) -> Iterator[_Said]:
    for code, wording in wordings.items():
        target = known.targets.get(code)
        wide = target is not None and target.level <= _BLOCK
        for name in wording.local:
            yield code, "local", name, distance(name)
        if wording.plain:
            yield code, "plain", wording.plain, distance(wording.plain, wide=wide)
        for place, text in enumerate(wording.words):
            yield code, "word", text, distance_of_word(text, later=place / len(wording.words), wide=wide)
        for text in wording.side:
            yield code, "word", text, distance_of_word(text, side=True, wide=wide)


def _phrases(wording: Wording) -> Iterator[Phrase]:
    for name in wording.local:
        yield Phrase("local", name)
    if wording.plain:
        yield Phrase("plain", wording.plain)
    for word in wording.words:
        yield Phrase("word", word)


@lru_cache(maxsize=1)
def _plain_index() -> Index:
    return Index(catalogue())


def search(
    query: str, system: str | None = None, selection: str | None = None, limit: int = 20, page: int = 1
) -> list[Hit]:
    """`Index.search` on the codes and official titles alone; whoever has wordings makes an Index of their own."""
    return _plain_index().search(query, system, selection, limit, page)
