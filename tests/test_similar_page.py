"""The page on similar submissions as a browser shows it."""

import pytest

from tests.test_similar import STAGE, page_of, variants

browser = pytest.importorskip("tests.browser")
pytestmark = browser.needs_browser


@pytest.fixture
def path(tmp_path):
    """A page with two pairs, marked code and somebody who was not compared."""
    source = variants(STAGE)["one_hot"]
    sources = {"ada": source, "bob": source + "\n# mine", "eve": "x = 1"}
    file = tmp_path / "similar.html"
    file.write_text(page_of(sources), "utf-8")
    return file


@browser.in_each_look
def test_axe_finds_nothing_wrong(chromium, path, scheme, width):
    with browser.opened(chromium, path, scheme=scheme, width=width) as page:
        assert browser.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_both_sides_stand_side_by_side_and_lines_beneath_each_other(chromium, path):
    with browser.opened(chromium, path) as page:
        left, right = (page.locator(".sides .code").nth(n).bounding_box() for n in (0, 1))
        assert left["y"] == right["y"]
        assert left["x"] + left["width"] < right["x"]
        rows = page.locator(".code pre").first.locator(".row")
        tops = [rows.nth(n).bounding_box()["y"] for n in (0, 1, 2)]
        assert tops[0] < tops[1] < tops[2]
