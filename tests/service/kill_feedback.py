"""Kills the service with SIGKILL while it takes feedback, again and again, and counts what is left.

    .venv/bin/python tests/service/kill_feedback.py sqlite:///kill.db --kills 1000
    .venv/bin/python tests/service/kill_feedback.py 'postgresql://postgres@127.0.0.1/test?options=-csearch_path%3Dkill'

The store must be empty. Four clients post feedback over loopback, each piece with an Idempotency-Key of its own and
again until it is acknowledged, as a good client does. The server is the whole application, forked from a process that
has imported it, so that a start takes milliseconds. Some are killed while they start, most while they answer.
Prints the figures as JSON; status 1 if an acknowledged record is missing, or kept twice or by half.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import uvicorn
from sqlalchemy import func, select

from service import codebook, examples, logs
from service.access.caller import ANYONE
from service.answers import Suggestions
from service.app import create_app
from service.feedback import tables
from service.feedback.record import key_digest
from service.feedback.store import Store
from service.settings import Settings

CHECKOUT: Final = Path(__file__).parents[2]
CLIENTS: Final = 4
DURING_START: Final = 0.2
"""The share of servers that are killed within so many seconds of their start; others live for some records first."""
RECORDS: Final = 20
JITTER: Final = 0.005
"""Seconds, at most, between the last of those records and the kill: about two records' time."""

_BODY: Final = json.dumps(examples.FEEDBACK_REQUEST).encode()
_ID_BYTES: Final = 16


class NoReader:
    """In place of the reader of notes: feedback does not need it, and it takes a second to load."""

    def suggest(self, text: str, selection: str | None = None, limit: int = 0) -> Suggestions:
        raise AssertionError("no note is read here")


@dataclass
class Clients:
    """Post feedback until told to stop, and remember what was acknowledged; what is not, only when told to leave."""

    port: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    stopping: threading.Event = field(default_factory=threading.Event)
    leaving: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stopping.is_set():
            self._post(str(uuid4()))

    def _post(self, key: str) -> None:
        while not self.leaving.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                headers = {"Content-Type": "application/json", "Idempotency-Key": key}
                connection.request("POST", "/ordbro/v1/feedback", _BODY, headers)
                answer = connection.getresponse()
                told = json.loads(answer.read())
            except (OSError, http.client.HTTPException):
                self.cut += 1
                continue
            finally:
                connection.close()
            if answer.status == 201:
                self.acknowledged[key] = told["id"]
                return
            self.refused[answer.status] += 1
            time.sleep(0.05)


def serve(url: str, listener: socket.socket, kept: int) -> None:
    """Fork a server for each line of standard input, once the one before has ended, and print its process id.

    Ids of records are written to `kept` when they are in the store and before they are acknowledged.
    """
    logs.configure("ERROR")
    app = create_app(Settings.model_validate({"feedback_url": url}), load=NoReader)
    app.openapi()
    codebook.index()
    Store(url).close()  # imports the driver
    save = Store.save

    def save_and_tell(store: Store, *arguments: Any) -> UUID:
        identity = save(store, *arguments)
        os.write(kept, identity.bytes)
        return identity

    Store.save = save_and_tell  # type: ignore[assignment, method-assign]
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])
            os._exit(0)
        print(pid, flush=True)
        os.waitpid(pid, 0)


def run(url: str, kills: int, seed: int, seconds: float) -> dict[str, Any]:
    """Kill `kills` servers, or as many as `seconds` are enough for; the figures."""
    store = Store(url)
    store.migrate()
    store.close()
    dice = random.Random(seed)
    began = time.monotonic()
    reading, writing = os.pipe()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        clients = Clients(listener.getsockname()[1])
        threads = [threading.Thread(target=clients.run, daemon=True) for _ in range(CLIENTS)]
        kept: list[bytes] = []
        reader = threading.Thread(target=_read_ids, args=(reading, kept), daemon=True)
        command = [sys.executable, __file__, url, "--serve", str(listener.fileno()), str(writing)]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            pass_fds=(listener.fileno(), writing),
        ) as parent:
            os.close(writing)
            for thread in (*threads, reader):
                thread.start()
            try:
                killed = 0
                while killed < kills and time.monotonic() - began < seconds:
                    pid = _start(parent)
                    _let_live(dice, kept)
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
                last = _start(parent)  # answers what is still asked for
                clients.stopping.set()
                for thread in threads:
                    thread.join()
                os.kill(last, signal.SIGKILL)
            finally:
                clients.stopping.set()
                clients.leaving.set()
            parent.communicate()
        reader.join()
    return {
        "kills": killed,
        "seconds": round(time.monotonic() - began, 1),
        "acknowledged": len(clients.acknowledged),
        "connections_cut": clients.cut,
        "kept_but_answer_lost": sum(times > 1 for times in Counter(kept).values()),
        "refused": dict(clients.refused),
        **_left(url, clients.acknowledged),
    }


def _start(parent: "subprocess.Popen[str]") -> int:
    assert parent.stdin is not None and parent.stdout is not None
    print(file=parent.stdin, flush=True)
    return int(parent.stdout.readline())


def _let_live(dice: random.Random, kept: list[bytes]) -> None:
    if dice.random() < DURING_START:
        time.sleep(dice.uniform(0, DURING_START))
        return
    enough, last = len(kept) + dice.randrange(RECORDS), time.monotonic() + 30
    while len(kept) < enough and time.monotonic() < last:
        time.sleep(0.001)
    time.sleep(dice.uniform(0, JITTER))


def _read_ids(pipe: int, kept: list[bytes]) -> None:
    with open(pipe, "rb") as stream:
        while identity := stream.read(_ID_BYTES):
            kept.append(identity)


def _left(url: str, acknowledged: dict[str, str]) -> dict[str, Any]:
    """What is in the store, against what was acknowledged."""
    store = Store(url)
    records = tables.records
    parts = [
        select(func.count()).where(table.c.record_id == records.c.id).scalar_subquery()
        for table in (tables.offered, tables.chosen)
    ]
    with store.reading() as connection:
        found = connection.execute(select(records.c.id, records.c.key_digest, *parts)).all()
    store.close()
    whole = (len(examples.FEEDBACK_REQUEST["offered"]), len(examples.FEEDBACK_REQUEST["chosen"]))
    identities = {bytes(key): str(identity) for identity, key, *_ in found}
    return {
        "records": len(found),
        "missing": sum(identities.get(key_digest(key, ANYONE.name)) != told for key, told in acknowledged.items()),
        "twice": len(found) - len(identities),
        "by_half": sum(tuple(counts) != whole for _, _, *counts in found),
    }


def sound(figures: dict[str, Any]) -> bool:
    """Whether every acknowledged record is there, whole and once, and nothing else."""
    return not (figures["missing"] or figures["twice"] or figures["by_half"]) and (
        figures["records"] == figures["acknowledged"]
    )


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--serve", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        listener, kept = asked.serve
        with suppress(KeyboardInterrupt):
            serve(asked.url, socket.socket(fileno=listener), kept)
        return 0
    figures = run(asked.url, asked.kills, asked.seed, asked.seconds)
    print(json.dumps(figures))
    return 0 if sound(figures) else 1


if __name__ == "__main__":
    sys.exit(_main())
