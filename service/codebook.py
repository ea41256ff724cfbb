"""What a code means and what it hangs together with, for people and for systems: KSI, ICF, and their relations."""

from collections import defaultdict
from functools import lru_cache
from typing import Any, Final

from nlg.entries import PlannedActivity
from nlg.levels import Level
from nlg.person import Person
from nlg.phrase import render
from nlg.slots import parse_frame, realise
from phrases.bank import bank
from phrases.catalogue import Activity, Category, Item, Target, catalogue
from phrases.codes import parse_icf, parse_ksi, tidy
from phrases.importer import Description, read_descriptions
from phrases.lexicon import Strength, lexicon
from phrases.local import data_directory, local
from phrases.questions import neighbours
from phrases.search import Index, Wording

_ICF_COMPONENTS: Final = "bsde"
_PLANNED: Final = "55"


@lru_cache(maxsize=4096)
def plain(code: str) -> str:
    """A canonical KSI code in plain Swedish: what the staff will do when it is planned."""
    return render(PlannedActivity(catalogue().ksi(code), _PLANNED), Person(), Level.PLAIN).text


@lru_cache(maxsize=1)
def index() -> Index:
    """Every code, to be searched by title, plain wording, the search words of the lexicon and local names."""
    words: dict[tuple[str, Strength], list[str]] = defaultdict(list)
    for pattern in lexicon().patterns:
        if all("*" not in part[:-1] for part in pattern.parts):  # a search word is found from its beginning
            words[pattern.target, pattern.strength].append(pattern.written)
    names: dict[str, list[str]] = defaultdict(list)
    for name, codes in local().names.items():
        for code in codes:
            names[code].append(name)
    frames = {
        **{code: wording.plain for code, wording in bank().icf.items()},
        **{code: wording.plain.get("does") or wording.plain["about"] for code, wording in bank().targets.items()},
    }
    called = {**frames, **dict.fromkeys(target for target, _ in words), **names}
    return Index(
        catalogue(),
        {
            code: Wording(
                _spoken(frames.get(code, "")),
                words=tuple(words[code, Strength.WORD]),
                side=tuple(words[code, Strength.WEAK]),
                never=tuple(words[code, Strength.NOT]),
                local=tuple(names[code]),
            )
            for code in called
        },
    )


def _spoken(frame: str) -> str:
    return realise(parse_frame(frame, True), Person(), mentioned=True)


def search(query: str, system: str | None, selection: str | None, limit: int, page: int = 1) -> list[dict[str, str]]:
    """The codes that a query finds, best first. InputError for an unknown system or selection."""
    return [
        {
            "code": hit.code,
            "title": hit.title,
            "plain": plain(hit.code) if hit.system == "ksi" else hit.plain,
            "matched": hit.matched,
            "via": hit.via,
            "system": hit.system,
        }
        for hit in index().search(query, system, selection, limit, page)
    ]


def describe(text: str) -> dict[str, Any]:
    """All about the code in `text`, in any customary writing: activity, target, XA or YA code, or ICF category.

    InputError on field `code` if there is none.
    """
    found = _icf(text) if _looks_like_icf(text) else _ksi(text)
    return {**found, "official": _official(found["code"])}


def _looks_like_icf(text: str) -> bool:
    written = tidy(text).lower()
    return written[:1] in _ICF_COMPONENTS and written[1:].lstrip()[:1].isdigit()


def _ksi(text: str) -> dict[str, Any]:
    known = catalogue()
    code = parse_ksi(text, allow_target=True, field="code")
    if code in known.targets:
        return _target(known.targets[code])
    found = known.groups.get(code) or known.ksi(code, field="code")
    return _activity(found) if isinstance(found, Activity) else _item(found)


def _activity(activity: Activity) -> dict[str, Any]:
    known = catalogue()
    target, action = known.targets[activity.target], known.actions[activity.action]
    return {
        "code": activity.code,
        "system": "ksi",
        "kind": "activity",
        "title": activity.title,
        "plain": plain(activity.code),
        "explanation": _explanation(target.code),
        "target": _named(target.code, target.term),
        "action": _named(action.code, action.term),
        **_around(target),
        "selections": [name for name, codes in known.selections.items() if activity.code in codes],
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "code": target.code,
        "system": "ksi",
        "kind": "target",
        "title": target.term,
        "explanation": _explanation(target.code),
        **_around(target),
    }


def _around(target: Target) -> dict[str, Any]:
    """The actions that exist, the related ICF categories, what is wider, and what the target is confused with."""
    known = catalogue()
    return {
        "activities": [
            _named(f"{target.code}.{action}.ZZ", known.activities[f"{target.code}.{action}.ZZ"].title)
            for action in known.actions_of(target.code)
        ],
        "icf": [_named(code, known.icf[code].term) for code in known.icf_for_target(target.code)],
        "parent": _named(target.parent, known.targets[target.parent].term) if target.parent else None,
        "neighbours": [
            {**_named(other.code, known.targets[other.code].term), "difference": other.difference}
            for other in neighbours().get(target.code, ())
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    known = catalogue()
    is_group = item.code in known.groups
    members = [_named(other.code, other.title) for other in _items_of(item.code)] if is_group else []
    return {
        "code": item.code,
        "system": "ksi",
        "kind": "statistical" if item.code.startswith("Y") else "administrative",
        "title": item.title,
        **({} if is_group else {"plain": plain(item.code)}),
        "explanation": bank().items[item.code].explain if item.code in bank().items else "",
        "parent": _named(item.parent, known.groups[item.parent].title) if item.parent in known.groups else None,
        "members": members,
        "selections": [name for name, codes in known.selections.items() if item.code in codes],
    }


def _items_of(group: str) -> list[Item]:
    known = catalogue()
    return [
        item for items in (known.administrative, known.statistical) for item in items.values() if item.parent == group
    ]


def _icf(text: str) -> dict[str, Any]:
    known = catalogue()
    category: Category = known.icf_category(parse_icf(text, field="code").code, field="code")
    wording = bank().icf.get(category.code)
    return {
        "code": category.code,
        "system": "icf",
        "kind": "category",
        "title": category.term,
        "explanation": wording.explain if wording else "",
        "parent": _named(category.parent, known.icf[category.parent].term) if category.parent else None,
        "members": [_named(other.code, other.term) for other in known.icf.values() if other.parent == category.code],
        "targets": [_named(code, known.targets[code].term) for code in known.targets_for_icf(category.code)],
    }


def _named(code: str, title: str) -> dict[str, str]:
    return {"code": code, "title": title}


def _explanation(target: str) -> str:
    wording = bank().targets.get(target)
    return wording.explain if wording else ""


@lru_cache(maxsize=1)
def descriptions() -> dict[str, Description]:
    """The descriptions that `ordbro import` has left at this site, by code; read once."""
    return dict(read_descriptions(data_directory()))


def _official(code: str) -> dict[str, str] | None:
    """Socialstyrelsen's own sentences, once `ordbro import` has read them at this site."""
    description = descriptions().get(code)
    if description is None:
        return None
    return {
        "description": description.description,
        "includes": description.includes,
        "excludes": description.excludes,
        "remark": description.remark,
    }
