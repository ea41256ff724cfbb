"""A municipality's own names in notes: "Guldkant idag" is read as what the municipality says that it means.

A name helps where it holds a word that nobody else has; "Dusch 2 ggr/v" is dusch, and notes about it are read as ever.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from coding_assist.service_names import set_aside
from models.model import Model
from models.normalise import Normaliser, Vocabulary
from models.reading import Reader
from models.vocabulary import names as given_names
from phrases.catalogue import Catalogue
from phrases.lexicon import Lexicon, Pattern, Strength

__all__ = ["with_local_names"]

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SELDOM: Final = 1
"""How common a name's own word is beside those of the training notes: it wins over none when spelling is mended."""


def with_local_names(learned: Model, local: Mapping[str, tuple[str, ...]], known: Catalogue) -> Model:
    """A model that reads local names with a word of their own as search words of their targets and services.

    The model itself is not changed. The version of the lexicon tells the names too, so that answers stay traceable.
    """
    vocabulary = learned.reader.normaliser.vocabulary
    patterns = list(_patterns(local, known, vocabulary))
    if not patterns:
        return learned
    own = {part: _SELDOM for pattern in patterns for part in pattern.parts if part not in vocabulary}
    base = learned.reader.lexicon
    told = json.dumps([base.version, sorted((one.target, one.parts) for one in patterns)])
    version = hashlib.sha256(told.encode()).hexdigest()[:12]
    reading = copy.copy(learned)
    reading.reader = Reader(
        Normaliser(Vocabulary({**vocabulary.counts, **own}), given_names()),
        Lexicon((*base.patterns, *patterns), version),
        learned.reader.cues,
    )
    return reading


def _patterns(local: Mapping[str, tuple[str, ...]], known: Catalogue, vocabulary: Vocabulary) -> Iterator[Pattern]:
    for name, codes in local.items():
        parts = tuple(_WORD.findall(set_aside(name)[0].lower()))
        if all(part in vocabulary for part in parts):
            continue
        for code in codes:
            activity = known.activities.get(code)
            if activity is not None or code in known.statistical:
                target = activity.target if activity else code
                yield Pattern(target, Strength.WORD, parts, frozenset(parts[1:]))
