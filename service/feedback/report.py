"""What the feedback says about the suggestions: how often they were chosen, where the chosen codes stood, by model.

Counting is the database's work; here only sums over codes are folded into targets and actions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, case, exists, func, select, true

from phrases.catalogue import catalogue
from service.feedback.tables import chosen, offered, records

NEAR_THE_TOP: Final = (1, 3, 5)
"""The ranks that the report counts up to."""


@dataclass(slots=True)
class Acceptance:
    """How often codes of one kind were shown and chosen.

    `selected` of the offered were proposed by default; `missed` were chosen without having been offered.
    """

    offered: int = 0
    accepted: int = 0
    selected: int = 0
    selected_accepted: int = 0
    missed: int = 0

    def add(self, other: "Acceptance") -> None:
        """Count `other` in."""
        self.offered += other.offered
        self.accepted += other.accepted
        self.selected += other.selected
        self.selected_accepted += other.selected_accepted
        self.missed += other.missed

    def as_dict(self) -> dict[str, Any]:
        """The counts with their shares; a share of nothing is None."""
        return {
            "offered": self.offered,
            "accepted": self.accepted,
            "acceptance": _share(self.accepted, self.offered),
            "selected": self.selected,
            "selected_accepted": self.selected_accepted,
            "selected_acceptance": _share(self.selected_accepted, self.selected),
            "missed": self.missed,
        }


@dataclass(slots=True)
class Placing:
    """Where the chosen codes stood among the offered; `None` is the place of those that were not offered."""

    counts: dict[int | None, int] = field(default_factory=lambda: defaultdict(int))
    same_status: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The counts with their shares: chosen codes at rank 1, 3 and 5 or above, offered at all, and not."""
        total = sum(self.counts.values())
        missed = self.counts.get(None, 0)
        within = {
            f"top_{rank}": sum(count for place, count in self.counts.items() if place is not None and place <= rank)
            for rank in NEAR_THE_TOP
        }
        counted = {**within, "offered": total - missed, "not_offered": missed}
        return {
            "chosen": total,
            **counted,
            "shares": {name: _share(count, total) for name, count in counted.items()},
            "same_status": self.same_status,
            "same_status_share": _share(self.same_status, total - missed),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def figures(connection: Connection, since: date | None = None) -> dict[str, Any]:
    """The whole report on records from the day `since` on: in all, by model, by action and by target."""
    wanted = true() if since is None else records.c.received_on >= since
    by_code = _acceptance(connection, wanted)
    models = _models(connection, wanted)
    placings = _placings(connection, wanted)
    for key, model in models.items():
        model["rank"] = placings.get(key, Placing()).as_dict()
    everywhere = Placing()
    for placing in placings.values():
        everywhere.same_status += placing.same_status
        for rank, count in placing.counts.items():
            everywhere.counts[rank] += count
    whole = Acceptance()
    for acceptance in by_code.values():
        whole.add(acceptance)
    return {
        "records": sum(model["records"] for model in models.values()),
        "none_fits": sum(model["none_fits"] for model in models.values()),
        "first_day": min((model["first_day"] for model in models.values()), default=None),
        "last_day": max((model["last_day"] for model in models.values()), default=None),
        "rank": everywhere.as_dict(),
        **whole.as_dict(),
        "models": list(models.values()),
        "actions": _folded(by_code, _action),
        "targets": _folded(by_code, _target),
    }


def _acceptance(connection: Connection, wanted: ColumnElement[bool]) -> dict[str, Acceptance]:
    accepted = exists().where(chosen.c.record_id == offered.c.record_id, chosen.c.code == offered.c.code)
    shown = (
        select(
            offered.c.code,
            func.count().label("offered"),
            _number(accepted).label("accepted"),
            _number(offered.c.selected).label("selected"),
            _number(and_(offered.c.selected, accepted)).label("selected_accepted"),
        )
        .join(records)
        .where(wanted)
        .group_by(offered.c.code)
    )
    by_code = {
        row.code: Acceptance(row.offered, row.accepted, row.selected, row.selected_accepted)
        for row in connection.execute(shown)
    }
    was_offered = exists().where(offered.c.record_id == chosen.c.record_id, offered.c.code == chosen.c.code)
    missed = (
        select(chosen.c.code, func.count().label("missed"))
        .join(records)
        .where(wanted, ~was_offered)
        .group_by(chosen.c.code)
    )
    for row in connection.execute(missed):
        by_code.setdefault(row.code, Acceptance()).missed = row.missed
    return by_code


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """In how many rows a condition holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_Model = tuple[str, str]


def _models(connection: Connection, wanted: ColumnElement[bool]) -> dict[_Model, dict[str, Any]]:
    something_chosen = exists().where(chosen.c.record_id == records.c.id)
    counted = (
        select(
            records.c.model,
            records.c.model_hash,
            func.count().label("records"),
            _number(~something_chosen).label("none_fits"),
            func.min(records.c.received_on).label("first_day"),
            func.max(records.c.received_on).label("last_day"),
        )
        .where(wanted)
        .group_by(records.c.model, records.c.model_hash)
        .order_by("first_day", records.c.model, records.c.model_hash)
    )
    return {
        (row.model, row.model_hash): {
            "model": row.model,
            "model_hash": row.model_hash,
            "records": row.records,
            "none_fits": row.none_fits,
            "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat(),
        }
        for row in connection.execute(counted)
    }


def _placings(connection: Connection, wanted: ColumnElement[bool]) -> dict[_Model, Placing]:
    """For each model: how many chosen codes stood at each rank, and how many of those offered kept their status."""
    best = (
        select(
            records.c.model,
            records.c.model_hash,
            func.min(offered.c.rank).label("rank"),
            func.max(case((offered.c.status == chosen.c.status, 1), else_=0)).label("same_status"),
        )
        .select_from(chosen)
        .join(records)
        .outerjoin(offered, and_(offered.c.record_id == chosen.c.record_id, offered.c.code == chosen.c.code))
        .where(wanted)
        .group_by(records.c.model, records.c.model_hash, chosen.c.record_id, chosen.c.place)
        .subquery()
    )
    counted = select(
        best.c.model, best.c.model_hash, best.c.rank, func.count().label("count"), func.sum(best.c.same_status)
    ).group_by(best.c.model, best.c.model_hash, best.c.rank)
    placings: dict[_Model, Placing] = defaultdict(Placing)
    for model, model_hash, rank, count, same_status in connection.execute(counted):
        placing = placings[model, model_hash]
        placing.counts[rank] += count
        placing.same_status += int(same_status)
    return placings


def _folded(by_code: Mapping[str, Acceptance], named: Callable[[str], tuple[str, str]]) -> list[dict[str, Any]]:
    """Acceptance of what `named` gives for each code, those chosen or missed most often first."""
    folded: dict[tuple[str, str], Acceptance] = defaultdict(Acceptance)
    for code, acceptance in by_code.items():
        folded[named(code)].add(acceptance)
    ordered = sorted(folded.items(), key=lambda item: (-item[1].accepted - item[1].missed, -item[1].offered, item[0]))
    return [{"code": code, "title": title, **acceptance.as_dict()} for (code, title), acceptance in ordered]


def _target(code: str) -> tuple[str, str]:
    """The target of an activity, or the group of an administrative or statistical code, with its name."""
    group = code.split(".")[0]
    known = catalogue()
    return group, known.targets[group].term if group in known.targets else known.groups[group].title


def _action(code: str) -> tuple[str, str]:
    """The action of an activity, with its name; administrative and statistical codes, which have none, by system."""
    known = catalogue().activities.get(code)
    if known is None:
        return code[:2], _NO_ACTION[code[:2]]
    return known.action, catalogue().actions[known.action].term


_NO_ACTION: Final = {"XA": "Juridiskt administrativa aktiviteter", "YA": "Insatser i officiell statistik"}


# --- records, one by one -------------------------------------------------------------------------------------------


_PART: Final = 500


def rows(connection: Connection, since: date | None = None) -> Iterator[dict[str, Any]]:
    """Every record from the day `since` on, as it was sent, without the key that it was sent with."""
    wanted = true() if since is None else records.c.received_on >= since
    kept = select(records).where(wanted).order_by(records.c.received_on, records.c.id)
    for part in connection.execute(kept, execution_options={"yield_per": _PART}).partitions():
        shown, taken = (_by_record(connection, table, [row.id for row in part]) for table in (offered, chosen))
        for row in part:
            yield {
                "id": str(row.id),
                "received_on": row.received_on.isoformat(),
                "offered": [_fields(one, "rank", "code", "status", "confidence", "selected") for one in shown[row.id]],
                "chosen": [_fields(one, "code", "status") for one in taken[row.id]],
                "selection": row.selection,
                "versions": _fields(row, "catalogue", "lexicon", "cues", "model", "model_hash"),
            }


def _by_record(connection: Connection, table: Table, identities: Sequence[UUID]) -> dict[UUID, list[Row[Any, Any]]]:
    found: dict[UUID, list[Row[Any, Any]]] = defaultdict(list)
    order = table.primary_key.columns
    for row in connection.execute(select(table).where(table.c.record_id.in_(identities)).order_by(*order)):
        found[row.record_id].append(row)
    return found


def _fields(row: Row[Any, Any], *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
