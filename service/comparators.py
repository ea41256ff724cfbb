"""What Ordbro is held against in its own benchmark: plain retrievers on the official titles and on the search words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from phrases.catalogue import catalogue
from phrases.lexicon import Strength, lexicon

Ranker = Callable[[str], list[str]]
"""A note in, targets (or whole YA codes) out, best first."""


def titles() -> dict[str, str]:
    """The official words for each target, and for each statistical service, which stands as a whole code."""
    known = catalogue()
    return {
        **{target.code: target.term for target in known.targets.values()},
        **{item.code: item.title for item in known.statistical.values()},
    }


def search_words() -> dict[str, str]:
    """For each target the titles and all search words that speak for it, as one text."""
    texts = {code: [title] for code, title in titles().items()}
    for pattern in lexicon().patterns:
        if pattern.strength is Strength.WORD:
            texts[pattern.target].append(pattern.written.replace("*", ""))
    return {code: " ".join(words) for code, words in texts.items()}


def rapidfuzz_ranker(texts: Mapping[str, str], limit: int = 5) -> Ranker:
    """rapidfuzz's token_set_ratio between a note and the text of each target."""
    from rapidfuzz import fuzz, process, utils

    choices = {code: utils.default_process(text) for code, text in texts.items()}

    def rank(text: str) -> list[str]:
        found = process.extract(
            utils.default_process(text), choices, scorer=fuzz.token_set_ratio, processor=None, limit=limit
        )
        return [code for _, _, code in found]

    return rank


def char_tfidf_ranker(texts: Mapping[str, str], limit: int = 5) -> Ranker:
    """TF-IDF on character n-grams (char_wb, 3 to 5), by cosine."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    codes = list(texts)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts.values()).T.tocsr()

    def rank(text: str) -> list[str]:
        scores = (vectorizer.transform([text]) @ matrix).toarray()[0]
        return [codes[place] for place in np.argsort(-scores, kind="stable")[:limit]]

    return rank


def bm25_ranker(texts: Mapping[str, str], limit: int = 5) -> Ranker:
    """Okapi BM25 on whole words, with its usual constants (k1 1.2, b 0.75; Robertson and Zaragoza 2009)."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    codes = list(texts)
    vectorizer = CountVectorizer()
    counts = vectorizer.fit_transform(texts.values()).astype(np.float64).tocsr()
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (len(codes) - holding + 0.5) / (holding + 0.5))
    norm = np.repeat(1.2 * (0.25 + 0.75 * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = counts.data * 2.2 / (counts.data + norm) * rarity[counts.indices]
    matrix = counts.T.tocsr()

    def rank(text: str) -> list[str]:
        scores = (vectorizer.transform([text]) @ matrix).toarray()[0]
        return [codes[place] for place in np.argsort(-scores, kind="stable")[:limit]]

    return rank


def rankers() -> dict[str, Ranker]:
    """Every comparator, by the name that the benchmark gives it."""
    return {
        "rapidfuzz_titles": rapidfuzz_ranker(titles()),
        "bm25_titles": bm25_ranker(titles()),
        "char_tfidf_titles": char_tfidf_ranker(titles()),
        "bm25_search_words": bm25_ranker(search_words()),
        "char_tfidf_search_words": char_tfidf_ranker(search_words()),
    }


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
