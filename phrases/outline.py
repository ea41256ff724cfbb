"""A fast reader for the simplest YAML: nested `key: text` lines, as the large code lists are written.

It takes comments on lines of their own, two spaces a level, and plain or double-quoted keys and texts; nothing else
stands in those files. A general YAML parser gives the same for them (a test says so) in five times the time, and every
call of the command line pays for it.
"""

from typing import Any

from phrases.resources import DATA

__all__ = ["read_outline"]


def read_outline(relative: str) -> dict[str, Any]:
    """The content of one such file below `phrases/data`; ValueError names the line that is anything else."""
    top: dict[str, Any] = {}
    levels = [top]
    for number, line in enumerate((DATA / relative).read_text(encoding="utf-8").splitlines(), 1):
        text = line.lstrip(" ")
        if not text or text[0] == "#":
            continue
        depth, odd = divmod(len(line) - len(text), 2)
        key, colon, value = text.partition('": ' if text[0] == '"' else ":")
        if odd or depth >= len(levels) or not colon:
            raise ValueError(f"{relative}, line {number}: neither a key nor a key with a text at a level that is open")
        del levels[depth + 1 :]
        key, value = key.lstrip('"'), value.strip()
        if value:
            levels[depth][key] = value[1:-1] if value[0] == '"' else value
        else:
            levels.append({})
            levels[depth][key] = levels[depth + 1]
    return top
