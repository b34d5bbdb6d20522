"""The student's page in Chromium: pictures, both colour schemes, phone, print, axe, the switch."""

from itertools import product

import pytest

from autograder.diagnosis import Diagnosis
from autograder.expected import Reference
from autograder.grading import grade
from autograder.reports.html import student_page
from autograder.stage import find_stage
from autograder.submission import Submission
from tests.browser import PHONE, needs_browser, opened, violations
from tests.mistakes import KIT

pytestmark = needs_browser

CURVES, GRADIENT, UNREADABLE = "goran", "emeka", "ines"  # of examples/submissions


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Write the pages of three students' linear_svm, graded with a secret."""
    folder = tmp_path_factory.mktemp("pages")
    stage = find_stage(KIT, "linear_svm")
    reference = Reference(KIT, stage)
    diagnosis = Diagnosis(stage, reference)
    for student in (CURVES, GRADIENT, UNREADABLE):
        file = KIT / "examples" / "submissions" / student / "linear_svm.py"
        submission = Submission(student, stage.name, {file.name: file.read_bytes()})
        report = grade(stage, submission, reference, "a secret", diagnosis=diagnosis)
        (folder / f"{student}.html").write_text(student_page(report, stage), "utf-8")
    reference.close()
    return folder


ALL = list(product((CURVES, GRADIENT, UNREADABLE), ("light", "dark"), (1280, PHONE)))
QUICK = ((CURVES, "light", PHONE), (GRADIENT, "dark", 1280), (UNREADABLE, "light", 1280))


@pytest.mark.parametrize(
    ("student", "scheme", "width"),
    [pytest.param(*one, marks=() if one in QUICK else pytest.mark.slow) for one in ALL],
)
def test_axe_finds_nothing_and_nothing_sticks_out(chromium, pages, student, scheme, width):
    with opened(chromium, pages / f"{student}.html", scheme, width) as page:
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_pictures_are_seen(chromium, pages):
    with opened(chromium, pages / f"{GRADIENT}.html", script=False) as page:
        for what in (".map td.first", ".map caption", ".plot.scatter svg .cross", ".mistake"):
            assert page.locator(what).first.is_visible(), what
    with opened(chromium, pages / f"{CURVES}.html", script=False) as page:
        curve = page.locator(".plot.curves > svg").first
        assert "part at step" in (curve.get_attribute("aria-label") or "")
        assert curve.locator(".got").is_visible()
        images = page.locator("#train_svm .images li")
        assert images.count() > 10
        box = images.first.locator("svg").bounding_box()
        assert box is not None
        assert box["width"] > 40
        assert "read as" in images.last.inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_the_switch_shows_public_or_hidden_checks_alone(chromium, pages, script):
    with opened(chromium, pages / f"{GRADIENT}.html", script=script) as page:
        public, hidden = page.locator(".checks .of-public"), page.locator(".checks .of-hidden")
        counts = public.count(), hidden.count()
        assert min(counts) > 3

        def seen(of) -> int:
            return sum(one.is_visible() for one in of.all())

        assert (seen(public), seen(hidden)) == counts
        page.get_by_role("radio", name="public").check()
        assert (seen(public), seen(hidden)) == (counts[0], 0)
        page.get_by_role("radio", name="hidden").check()
        assert (seen(public), seen(hidden)) == (0, counts[1])
        page.keyboard.press("ArrowRight")  # the keyboard goes round
        assert (seen(public), seen(hidden)) == counts


def test_hidden_checks_hold_no_evidence(chromium, pages):
    for student in (CURVES, GRADIENT):
        with opened(chromium, pages / f"{student}.html") as page:
            assert page.locator(".of-public .evidence").count() > 0
            assert page.locator(".of-hidden .evidence").count() == 0


def test_print_is_on_paper_without_controls(chromium, pages):
    with opened(chromium, pages / f"{GRADIENT}.html", "dark") as page:
        page.emulate_media(media="print")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert colour == "rgb(255, 255, 255)"
        assert not page.locator(".switch").is_visible()
        assert not page.locator(".hints").first.is_visible()
        assert page.locator(".map").first.is_visible()
        assert page.pdf().startswith(b"%PDF")
