"""What Ordbro is held against in its own benchmark: two plain retrievers on the official titles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from phrases.catalogue import catalogue

Ranker = Callable[[str], list[str]]
"""A note in, targets (or whole YA codes) out, best first."""


def titles() -> dict[str, str]:
    """The official words for each target, and for each statistical service, which stands as a whole code."""
    known = catalogue()
    return {
        **{target.code: target.term for target in known.targets.values()},
        **{item.code: item.title for item in known.statistical.values()},
    }


def rapidfuzz_ranker(limit: int = 5) -> Ranker:
    """rapidfuzz's token_set_ratio between note and title."""
    from rapidfuzz import fuzz, process, utils

    choices = {code: utils.default_process(title) for code, title in titles().items()}

    def rank(text: str) -> list[str]:
        found = process.extract(
            utils.default_process(text), choices, scorer=fuzz.token_set_ratio, processor=None, limit=limit
        )
        return [code for _, _, code in found]

    return rank


def char_tfidf_ranker(limit: int = 5) -> Ranker:
    """TF-IDF on character n-grams (char_wb, 3 to 5) of the titles, by cosine."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    codes = list(titles())
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    matrix = vectorizer.fit_transform(titles().values()).T.tocsr()

    def rank(text: str) -> list[str]:
        scores = (vectorizer.transform([text]) @ matrix).toarray()[0]
        return [codes[place] for place in np.argsort(-scores, kind="stable")[:limit]]

    return rank


def found_at(rank: Ranker, notes: Iterable[Mapping[str, Any]]) -> float:
    """The share of the labelled activities whose target is among what `rank` gives (bench/README.md: found@k)."""
    hits = total = 0
    for note in notes:
        ranked = rank(note["text"])
        for activity in note["gold"]:
            total += 1
            hits += not _targets(activity).isdisjoint(ranked)
    return hits / total if total else 0.0


def _targets(activity: Mapping[str, Any]) -> set[str]:
    return {activity["code"]} if "code" in activity else {activity["target"], *activity.get("alt_targets", ())}


def distinct_targets(codes: Sequence[str], limit: int = 5) -> list[str]:
    """The first targets among suggested codes; a YA code stands for itself."""
    return list(dict.fromkeys(code if code.startswith("Y") else code.split(".")[0] for code in codes))[:limit]
