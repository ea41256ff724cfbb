"""How much the command line and the service take at a time. An answer that refuses always says its limit."""

from typing import Final

NOTE_CHARACTERS: Final = 20_000
"""A note: some 3,000 words, a long report."""

ENTRIES: Final = 500
"""Entries in one request or line: several whole cases."""

BODY_BYTES: Final = 1_048_576
"""An HTTP request body, and a line of JSONL."""

URL_CHARACTERS: Final = 2_048
"""Path and query together (DIGG's REST API-profil, UFN.05)."""

QUERY_CHARACTERS: Final = 200
"""A search among the codes."""

SUGGESTIONS_DEFAULT: Final = 8
SUGGESTIONS: Final = 50

PAGE_DEFAULT: Final = 20
PAGE: Final = 100

FILE_BYTES: Final = 50_000_000
"""A file read whole by the command line: a case, a note, labelled notes."""
