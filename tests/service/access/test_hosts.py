"""The names that an open service answers to: those of its own machine, and the one that it is published under."""

import pytest

from service.access.hosts import Hosts
from service.access.scopes import Scope
from service.settings import Settings
from tests.service.access.conftest import Opened, Site, bearer

PUBLISHED = Settings.model_validate({"public_url": "https://ordbro.kommunen.example/ordbro"})


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "127.1.2.3:80", "[::1]", "[::1]:8000", ""]
)
def test_the_machine_itself_is_known_at_every_port(host: str) -> None:
    assert Hosts(Settings()).know(host)


@pytest.mark.parametrize(
    "host",
    [
        "rebinding.example:8000",
        "localhost.rebinding.example",
        "127.0.0.1.rebinding.example",
        "127.0.0.1@rebinding.example",
        "127.0.0.1:8000@rebinding.example",
        "[::1].rebinding.example",
        "10.0.0.1:8000",
        "0.0.0.0:8000",
        ":8000",
        "[]",
        "ordbro.example.se",
    ],
)
def test_every_other_name_is_not(host: str) -> None:
    assert not Hosts(Settings()).know(host)
    assert not Hosts(PUBLISHED).know(host)


def test_the_published_name_is_known_where_one_was_chosen() -> None:
    assert Hosts(PUBLISHED).know("ordbro.kommunen.example")
    assert Hosts(Settings.model_validate({"public_url": "http://[fd00::1]:8000"})).know("[fd00::1]:8000")
    assert not Hosts(Settings()).know("ordbro.kommunen.example")


@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/ordbro/v1/codes?q=dusch", "/finns-inte"])
def test_a_page_that_points_its_own_name_here_reads_nothing(opened: Opened, path: str) -> None:
    client = opened()
    answer = client.get(path, headers={"Host": "rebinding.example:8000"})
    assert (answer.status_code, answer.json()["type"]) == (421, "urn:problem-type:ordbro:misdirected-request")
    assert "rebinding" not in answer.text
    assert client.get("/healthz", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_where_callers_show_who_they_are_any_name_will_do(opened: Opened, site: Site) -> None:
    headers = {**bearer(site.key(Scope.PHRASES)), "Host": "ordbro.kommunen.example"}
    assert opened(keys_file=site.path).get("/ordbro/v1/codes", headers=headers).status_code == 200
