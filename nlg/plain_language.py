"""The plain-language checker: what makes a Swedish text hard to read, by rules that anyone can check.

The rules follow what Isof, MTM and Inclusion Europe agree on: short sentences, few clauses, active voice, verbs rather
than nouns made of them, no abbreviations, no officialese, one word for one thing. Word lists and limits are our own, in
`phrases/data/plain_language.yaml`. Word levels come from a Kelly list that the user may point out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from nlg.marks import GENITIVE, NAME, fill
from nlg.readability import Readability, readability
from phrases.resources import read_yaml
from phrases.verbs import verbs

MAX_TEXT: Final = 100_000

_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
_WORD: Final = re.compile(r"[^\W_]+(?:[.:’'-][^\W_]+)*\.?")
_AUXILIARIES: Final = frozenset(
    {"ska", "skulle", "kan", "kunde", "måste", "bör", "borde", "får", "fick", "har", "hade", "vill", "behöver"}
)
_PARTICIPLE: Final = re.compile(r"\w{3,}(?:ad|at|ade|tt|dd|en|na|d|t)$")
_VOWEL_S: Final = re.compile(r"\w{2,}(?:as|ades|ats|es|des|tes|ts|its|rs|ns|ls)$")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: which rule, where in the text (character offsets), and what to do, in Swedish."""

    rule: str
    start: int
    end: int
    message: str

    def as_dict(self) -> dict[str, Any]:
        """The remark as JSON."""
        return {"rule": self.rule, "start": self.start, "end": self.end, "message": self.message}


@dataclass(frozen=True, slots=True)
class Report:
    """The remarks on a text, in its order, and its readability."""

    remarks: tuple[Remark, ...]
    readability: Readability

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "remarks": [remark.as_dict() for remark in self.remarks],
            "readability": self.readability.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        return self.text.rstrip(".").casefold()


@lru_cache(maxsize=1)
def _rules() -> Any:
    raw = read_yaml("plain_language.yaml")
    return {
        **raw,
        "everyday": frozenset(raw["nominalisations"]["everyday"]),
        "endings": tuple(raw["nominalisations"]["endings"]),
        "deponents": frozenset(raw["deponents"]),
        "term_rows": [frozenset(row) for row in raw["terms"]],
    }


@lru_cache(maxsize=1)
def _finite_forms() -> frozenset[str]:
    return frozenset(form for verb in verbs().values() for form in (verb.present, verb.past))


def fits_easy(text: str) -> bool:
    """Whether no sentence is longer than level easy allows; a name counts as one word."""
    words: int = _rules()["limits"]["easy"]["words"]
    return readability(fill(text, {NAME: "N", GENITIVE: "N"})).longest_sentence <= words


def check_text(text: str, level: str = "plain", words: Mapping[str, str] | None = None) -> Report:
    """The remarks on a text at level plain or easy.

    `words` gives the level (A1 ... C2) of dictionary words, as `kelly_words` reads them; without it word levels are not
    checked. ValueError for an unknown level or a text over `MAX_TEXT` characters.
    """
    limits = _rules()["limits"].get(level)
    if limits is None:
        raise ValueError("the checker knows the levels plain and easy")
    if len(text) > MAX_TEXT:
        raise ValueError(f"at most {MAX_TEXT} characters")
    found: list[Remark] = []
    for match in _SENTENCE.finditer(text):
        sentence = [
            _Word(word[0], match.start() + word.start(), match.start() + word.end())
            for word in _WORD.finditer(match[0])
        ]
        if sentence:
            found += _sentence_remarks(sentence, limits)
            for position, word in enumerate(sentence):
                found += _word_remarks(word, sentence[:position], sentence[position + 1 :])
                found += _level_remarks(word, level, words or {})
    found += _term_remarks(text)
    return Report(tuple(sorted(found, key=lambda remark: (remark.start, remark.rule))), readability(text))


def _sentence_remarks(sentence: list[_Word], limits: Mapping[str, int]) -> Iterator[Remark]:
    start, end = sentence[0].start, sentence[-1].end
    if len(sentence) > limits["words"]:
        yield Remark("sentence_length", start, end, f"Meningen har {len(sentence)} ord. Dela den i flera.")
    finite = sum(word.bare in _finite_forms() for word in sentence)
    if finite > limits["finite_verbs"]:
        yield Remark("clauses", start, end, f"Meningen har {finite} satser. Skriv en tanke i varje mening.")


def _word_remarks(word: _Word, before: list[_Word], after: list[_Word]) -> Iterator[Remark]:
    rules = _rules()
    bare = word.bare
    abbreviation = rules["abbreviations"].get(word.text.casefold()) or rules["abbreviations"].get(bare)
    if abbreviation:
        yield Remark("abbreviation", word.start, word.end, f"Skriv ut förkortningen: {abbreviation}.")
    elif better := next((rules["avoid"][base] for base in _bases(bare, 1) if base in rules["avoid"]), ""):
        yield Remark("avoid", word.start, word.end, f"Skriv hellre: {better}.")
    if bare == "man" and not (before and before[-1].bare in {"god", "gode"}):
        yield Remark("man", word.start, word.end, "Skriv vem det gäller i stället för ”man”.")
    if bare.endswith(rules["endings"]) and len(bare) > 6 and not _is_everyday(bare) and not _is_verb(bare):
        yield Remark("nominalisation", word.start, word.end, "Skriv hellre med ett verb: vem gör vad?")
    if _is_passive(bare, [earlier.bare for earlier in before[-3:]]):
        yield Remark("passive", word.start, word.end, "Skriv vem som gör det, i stället för passiv form.")
    if bare in {"blir", "blev", "blivit", "bli"} and after and _PARTICIPLE.fullmatch(after[0].bare):
        agent = any(later.bare == "av" for later in after[1:4])
        if agent:
            yield Remark("passive", word.start, after[0].end, "Skriv vem som gör det, i stället för passiv form.")


def _is_everyday(word: str) -> bool:
    return any(base in _rules()["everyday"] for base in _bases(word, 0))


def _is_verb(word: str) -> bool:
    return word in _finite_forms() or word in verbs()


def _is_passive(word: str, before: list[str]) -> bool:
    """True for the s-passive of a known verb, or an s-form after an auxiliary; deponents are no passives."""
    if not word.endswith("s") or word in _rules()["deponents"]:
        return False
    if word in _passive_forms():
        return True
    return bool(_VOWEL_S.fullmatch(word)) and bool(before) and before[-1] in _AUXILIARIES


@lru_cache(maxsize=1)
def _passive_forms() -> frozenset[str]:
    forms: set[str] = set()
    for verb in verbs().values():
        present = verb.present[:-1] if verb.present.endswith("r") else verb.present
        present = present[:-1] if verb.present.endswith("er") else present
        forms |= {f"{verb.infinitive}s", f"{present}s", f"{verb.past}s", f"{verb.supine}s"}
    return frozenset(forms - _rules()["deponents"])


def _term_remarks(text: str) -> Iterator[Remark]:
    for row in _rules()["term_rows"]:
        first: dict[str, re.Match[str]] = {}
        for match in _WORD.finditer(text):
            bare = match[0].rstrip(".").casefold()
            if bare in row:
                first.setdefault(bare, match)
        if len(first) > 1:
            _, second, *_ = sorted(first.values(), key=lambda match: match.start())
            named = ", ".join(sorted(first))
            yield Remark("terms", second.start(), second.end(), f"Använd ett ord för samma sak: {named}.")


# --- word levels ---------------------------------------------------------------------------------------------------

_EASY_LEVELS: Final = frozenset({"A1", "A2", "B1"})
_PLAIN_LEVELS: Final = _EASY_LEVELS | {"B2"}
_ALLOWED: Final = {"easy": _EASY_LEVELS, "plain": _PLAIN_LEVELS}
_ENDINGS: Final = (
    "", "n", "en", "et", "t", "a", "na", "ar", "er", "or", "r", "arna", "erna", "orna", "de", "te", "dde", "ade", "at",
    "it", "tt", "s", "ns", "ens", "ets", "are", "ast", "aste", "an", "ad", "d", "dd", "ts", "as", "es",
)  # fmt: skip
_RESTORED: Final = ("", "a", "e", "en", "n")


@lru_cache(maxsize=4)
def kelly_words(path: Path) -> Mapping[str, str]:
    """Dictionary words and their level from a Kelly list in JSON (objects with "word" and "cefr" anywhere in it)."""
    found: dict[str, str] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "word" in node and "cefr" in node:
                word = str(node["word"]).casefold()
                found[word] = min(found.get(word, "C2"), str(node["cefr"]))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads(path.read_text(encoding="utf-8")))
    return found


@lru_cache(maxsize=1)
def domain_words() -> frozenset[str]:
    """Care words that every reader in the field knows, whatever their level on the open web."""
    return frozenset(read_yaml("domain_words.yaml"))


def word_level(word: str, words: Mapping[str, str]) -> str:
    """The lowest level among the dictionary words that `word` may be a form of; "" if none is listed."""
    return min((words[base] for base in _bases(word.casefold()) if base in words), default="")


@lru_cache(maxsize=8192)
def _bases(word: str, longer: int = 2) -> tuple[str, ...]:
    """The dictionary words that `word` may be a form of, itself first, at most `longer` letters longer than it."""
    bases = [word]
    for ending in _ENDINGS:
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(stem) > 1:
            bases += [stem + restored for restored in _RESTORED if len(stem + restored) <= len(word) + longer]
    if word in _infinitives():
        bases.append(_infinitives()[word])
    return tuple(dict.fromkeys(bases))


@lru_cache(maxsize=1)
def _infinitives() -> Mapping[str, str]:
    """Every listed form of a verb and its infinitive."""
    return {form: verb.infinitive for verb in verbs().values() for form in (verb.present, verb.past, verb.supine)}


def _level_remarks(word: _Word, level: str, words: Mapping[str, str]) -> Iterator[Remark]:
    if not words or not word.bare.isalpha() or word.text[:1].isupper() or word.bare in domain_words():
        return
    found = word_level(word.bare, words)
    if found not in _ALLOWED[level]:
        told = f"Ordet ligger på nivå {found}." if found else "Ordet är ovanligt."
        yield Remark("word_level", word.start, word.end, f"{told} Välj ett vanligare ord eller förklara det.")
