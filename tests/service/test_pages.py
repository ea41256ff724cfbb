"""The pages: whole HTML, nothing from elsewhere, readable by everyone (WCAG 2.2 AA, what a program can see)."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

STATIC = Path(__file__).parents[2] / "service" / "pages" / "static"
PAGES = ["/", "/api"]


class Page(HTMLParser):
    """What the tests ask about a page."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, client: TestClient) -> Page:
    answer = client.get(request.param)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def test_every_element_is_closed(page: Page) -> None:
    assert page.open == []


def test_language_title_viewport_and_landmarks(page: Page) -> None:
    assert page.all("html") == [{"lang": "sv"}]
    assert len(page.all("title")) == len(page.all("main")) == len(page.all("h1")) == len(page.all("header")) == 1
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")


def test_headings_skip_no_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_ids_are_unique_and_everything_named_is_there(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= set(ids)
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids


def test_every_field_has_a_label(page: Page) -> None:
    labelled = {label["for"] for label in page.all("label")}
    assert {field["id"] for field in page.all("input", "select", "textarea")} == labelled


def test_every_image_has_a_text(page: Page) -> None:
    assert all("alt" in image for image in page.all("img"))


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(page: Page) -> None:
    for _, attributes in page.elements:
        for name in ("src", "href"):
            assert not re.match("(https?:)?//", attributes.get(name, ""))
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_content_security_policy_lets_nothing_else_in(client: TestClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "form-action 'none'" in policy
    assert set(re.findall(r"-src ([^;]+)", policy)) == {"'none'", "'self'"}


def test_without_script_a_note_can_go_nowhere(client: TestClient) -> None:
    page = Page(client.get("/").text)
    assert [form["method"] for form in page.all("form")] == ["post", "post"]
    assert all("disabled" in button for button in page.all("button"))
    assert page.all("noscript")


def test_the_pages_link_to_api_and_description(client: TestClient) -> None:
    links = {link["href"] for link in Page(client.get("/").text).all("a")}
    assert {"/api", "/ordbro/v1/openapi.json"} <= links
    for link in links:
        assert client.get(link.split("#")[0] or "/").status_code == 200


def test_the_api_page_tells_every_call_and_every_problem(client: TestClient) -> None:
    html = client.get("/api").text
    for path in ("phrases", "texts", "suggestions", "codes", "codes/{code}", "api-info", "openapi.json"):
        assert f"/ordbro/v1/{path}</code>" in html
    assert "urn:problem-type:ordbro:invalid-request" in html


def test_the_api_page_leads_to_every_section_and_speaks_swedish_alone(client: TestClient) -> None:
    html = client.get("/api").text
    sections = re.findall(r'<section aria-labelledby="([^"]+)"', html)
    assert sections == re.findall(r'<li><a href="#([^"]+)"', html)
    assert "Förslagen är mätta" in html
    assert "suggestions are measured" not in html


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
def test_static_files_are_served_with_their_type(client: TestClient, name: str) -> None:
    answer = client.get(f"/static/{name}")
    assert answer.content == (STATIC / name).read_bytes()
    assert answer.headers["Content-Type"].split(";")[0] in {"text/css", "text/javascript", "image/svg+xml"}
    assert client.get(f"/static/{name}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def palettes() -> list[dict[str, str]]:
    """The colours of the light and the dark scheme."""
    css = (STATIC / "ordbro.css").read_text(encoding="utf-8")
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{[^}]+\}", css)]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", palettes())
def test_contrast_is_enough(palette: dict[str, str]) -> None:
    for ground in (palette["ground"], palette["panel"]):
        for text in ("ink", "quiet", "accent", "wrong"):
            assert contrast(palette[text], ground) >= 4.5, text
        assert contrast(palette["line"], ground) >= 3, "WCAG 1.4.11: borders of fields"
    assert contrast(palette["on-accent"], palette["accent"]) >= 4.5


def test_two_schemes_are_measured() -> None:
    assert [len(palette) for palette in palettes()] == [8, 8]


def test_what_is_shown_is_put_in_as_text() -> None:
    script = (STATIC / "start.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)
