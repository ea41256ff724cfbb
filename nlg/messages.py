"""What a message is: the sentences of one entry, traceable to the pattern and the values they came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """Finished sentences, the id of the phrase (it holds codes, never names) and the terms worth explaining."""

    text: str
    phrase_id: str
    terms: tuple[str, ...] = ()
