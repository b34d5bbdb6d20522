"""What the tests look at pages with: it must see what is wrong with one."""

import pytest

from tests.browser import needs_browser, opened, violations

pytestmark = needs_browser
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>.faint { color: #eee } @media (prefers-color-scheme: dark) { .faint { color: #000 } }</style>
</head><body><main><h1>A page</h1>{}</main></body></html>
"""


@pytest.fixture
def page_with(tmp_path):
    """Write a page with something in it."""

    def write(body):
        path = tmp_path / "page.html"
        path.write_text(PAGE.replace("{}", body), "utf-8")
        return path

    return write


def test_axe_runs_under_a_strict_policy_and_finds_nothing_wrong(chromium, page_with):
    with opened(chromium, page_with("<p>Plain.</p>")) as page:
        assert violations(page) == []


def test_axe_names_the_rule_and_the_element(chromium, page_with):
    with opened(chromium, page_with("<p class='faint'>Faint.</p><input>")) as page:
        contrast, label = sorted(violations(page))
    assert contrast.startswith("color-contrast (serious): ")
    assert "Faint." in contrast
    assert label.startswith("label (critical): ")


def test_colours_are_those_of_the_scheme(chromium, page_with):
    path = page_with("<p class='faint'>Faint in light colours.</p>")
    with opened(chromium, path, scheme="dark") as page:
        assert violations(page) == []


def test_a_script_that_the_policy_stops_is_a_failure(chromium, page_with):
    path = page_with("<script>document.title = 'changed'</script>")
    with pytest.raises(AssertionError, match="Content Security Policy"):  # noqa: SIM117
        with opened(chromium, path) as page:
            assert page.title() == "A page"


def test_nothing_comes_from_the_network(chromium, page_with):
    with opened(chromium, page_with("")) as page:
        assert not page.evaluate("navigator.onLine")
