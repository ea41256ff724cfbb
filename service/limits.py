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

CONNECTIONS: Final = 512
"""Open connections to one process; a file is open for each, and systems often allow 1,024."""

HEAD_SECONDS: Final = 10.0
"""How long the head of a request may take to arrive, from when the connection is there or the last answer given."""

BODY_SECONDS: Final = 20.0
"""How long the body of a request may take to arrive."""

WAIT_SECONDS: Final = 0.5
"""How long a request that has arrived may wait while others are answered; one that has waited longer is refused."""

KEEP_ALIVE_SECONDS: Final = 75
"""How long a connection may lie idle between requests: longer than a proxy keeps it, so that the proxy closes first."""

UNREAD_SECONDS: Final = 30
"""How long a caller may leave an answer unread."""

FILE_BYTES: Final = 50_000_000
"""A file read whole by the command line: a case, a note, labelled notes."""

LIST_BYTES: Final = 10_000_000
"""A municipality's list of services, or the review sheet made of it."""

LIST_ROWS: Final = 5_000
"""The rows of such a list; the largest municipalities have some hundred services."""
