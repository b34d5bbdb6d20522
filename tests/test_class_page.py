"""The class's page in Chromium: a thousand students, both colour schemes, a phone, no script."""

import time

import pytest

from tests.browser import in_each_look, needs_browser, opened, violations
from tests.made_class import made_page, made_reports
from tests.mistakes import CLOSED

pytestmark = needs_browser
STUDENTS = 1000
SECONDS = 8  # the page takes a second or less on an idle machine: see benchmarks/class_page.py
STAGES = CLOSED  # those with functions to draw mistakes of


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write the page of a class of some size in the first of the stages."""

    def page(students, stages):
        path = tmp_path_factory.mktemp("class") / "index.html"
        reports = made_reports(students, STAGES[:stages])
        path.write_text(made_page(reports, STAGES[:stages]), "utf-8")
        return path

    return page


@pytest.fixture(scope="module")
def large(write):
    """Write the page of a class of a thousand."""
    return write(STUDENTS, 1)


@pytest.fixture(scope="module")
def small(write):
    """Write that of a few, which axe-core looks through sooner."""
    return write(12, 1)


@pytest.fixture
def page(chromium, large):
    """Open the large class."""
    with opened(chromium, large) as page:
        yield page


def column(table, index):
    """Return the texts of a table's column, of the rows that are shown."""
    return table.evaluate(
        """(table, index) => Array.from(table.tBodies[0].rows)
            .filter(row => !row.hidden).map(row => row.cells[index]?.textContent.trim() ?? "")""",
        index,
    )


def rows_shown(page):
    """Count the rows of all heat maps that are shown."""
    return page.evaluate(
        """Array.from(document.querySelectorAll(".students tbody tr"))
            .filter(row => row.checkVisibility({contentVisibilityAuto: false})).length"""
    )


def opens_soon(chromium, path, rows):
    """Assert that the page is shown, finds a student and is counted, all in time."""
    begin = time.monotonic()
    with opened(chromium, path) as page:
        page.get_by_label("Find a student").fill("öz, ada")
        assert page.get_by_role("status").text_content().endswith(f" of {rows} submissions")
        assert time.monotonic() - begin < SECONDS
    assert path.stat().st_size < 1000 * rows


def test_a_thousand_students_open_soon(chromium, large):
    opens_soon(chromium, large, STUDENTS)


@pytest.mark.slow
def test_a_thousand_students_in_all_stages_open_soon(chromium, write):
    opens_soon(chromium, write(STUDENTS, len(STAGES)), STUDENTS * len(STAGES))


def test_points_are_sorted_from_most_to_least_and_back(page):
    table = page.locator(".students").first
    head = table.locator("thead th").nth(1)
    for direction in ("descending", "ascending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        points = [float(text) for text in column(table, 1)]
        assert points == sorted(points, reverse=direction == "descending")
        assert len(points) == STUDENTS
    assert table.locator("[aria-sort]").count() == 1


def test_names_are_sorted_as_people_do(page):
    table = page.locator(".students").first
    table.locator("thead th").first.get_by_role("button").click()
    names = column(table, 0)
    assert names[0].startswith("Abe, Ada")
    # Beside Jansen and not behind Z, as the codes of the letters would have it.
    assert names[-1].startswith("Öz, Kavya")


def test_checks_are_sorted_by_value_whatever_the_unit(page):
    table = page.locator(".rates").first
    for heading in ("Median time", "Longest", "Discrimination", "Passed"):
        head = table.get_by_role("columnheader", name=heading)
        head.get_by_role("button").click()
        index = head.evaluate("head => head.cellIndex")
        values = [_value(text) for text in column(table, index)]
        numbers = [value for value in values if value is not None]
        assert len(set(numbers)) > 1, heading
        assert numbers == sorted(numbers, reverse=True), heading
        assert values[len(numbers) :] == [None] * (len(values) - len(numbers)), heading


def _value(text):
    """Read a share, a time or a correlation as the page writes it."""
    if text == "–":
        return None
    number = float(text.removesuffix("%").removesuffix("ms").removesuffix("s").replace("−", "-"))
    return number / 1000 if text.endswith("ms") else number


def test_every_column_of_every_table_has_its_button(page):
    heads = page.locator("table.sortable thead th")
    assert heads.count() > 20
    assert page.locator("table.sortable thead th .sort").count() == heads.count()


def test_sorts_by_keyboard_alone(page):
    table = page.locator(".students").first
    button = table.locator("thead th").nth(1).get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    assert table.locator("thead th").nth(1).get_attribute("aria-sort") == "descending"
    page.keyboard.press("Space")
    assert table.locator("thead th").nth(1).get_attribute("aria-sort") == "ascending"


def test_a_name_is_found_without_accent_and_counted_live(page):
    count = page.get_by_role("status")
    assert count.text_content() == ""
    page.get_by_label("Find a student").fill("oz, chloe")
    names = column(page.locator(".students").first, 0)
    assert names
    assert all(name.startswith("Öz, Chloé") for name in names)
    assert count.text_content() == f"{len(names)} of 1000 submissions"
    assert rows_shown(page) == len(names)
    page.get_by_label("Find a student").fill("")
    assert rows_shown(page) == STUDENTS


def test_submissions_are_filtered_by_what_became_of_them(page):
    marks = {"unreadable": "! unreadable", "timed out": "◷", "killed": "■", "not implemented": "○"}
    for choice, mark in marks.items():
        page.get_by_label("Show").select_option(label=choice)
        rows = page.locator(".students").first.evaluate(
            """table => Array.from(table.tBodies[0].rows)
                .filter(row => !row.hidden).map(row => row.textContent)"""
        )
        assert 0 < len(rows) < STUDENTS
        assert all(mark in row for row in rows), choice


def test_full_points_and_the_others_are_the_whole_class(page):
    kinds = []
    for choice in ("full points", "short of full points"):
        page.get_by_label("Show").select_option(label=choice)
        kinds.append(rows_shown(page))
    assert all(kinds)
    assert sum(kinds) == STUDENTS


def test_what_stands_out_is_seen_without_scrolling_through_the_checks(page):
    cards = {
        card.locator("h3").inner_text(): card.locator("li") for card in page.locator(".look").all()
    }
    (hard,) = cards["1 that nearly all fail"].all_inner_texts()
    assert hard.startswith(f"{STAGES[0].functions[0].name} ")
    assert "no known mistake fits: look at the check first" in hard
    (weak,) = cards["1 that the strong fail"].all_inner_texts()
    assert weak.startswith(f"{STAGES[0].functions[1].name} ")
    assert cards["1 that nobody fails"].count() == 1
    page.locator(".look.alarm a").click()
    row = page.locator("tr:target")
    assert "nearly all fail" in row.inner_text()
    assert row.evaluate("row => row.getBoundingClientRect().top") < 900


def test_who_made_a_mistake_unfolds_and_leads_to_the_function(page):
    first = page.locator(".made").first.locator("tbody tr").first
    number = int(first.locator("td").first.get_attribute("data-value"))
    links = first.locator(".names a")
    assert links.count() == number
    assert not links.first.is_visible()
    first.locator("summary").click()
    assert links.first.is_visible()
    folder, place = links.first.get_attribute("href").split("/")
    assert folder
    assert place.split(".html#")[1] in first.locator("th code").all_inner_texts()


@in_each_look
def test_nothing_keeps_anybody_from_reading_it(chromium, small, scheme, width):
    with opened(chromium, small, scheme, width) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.locator(".students thead button").nth(1).click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_is_whole_without_its_script(chromium, small):
    with opened(chromium, small, script=False) as page:
        assert page.get_by_role("link", name="Ada").first.is_visible()
        assert page.locator(".students tbody tr").count() == 12
        assert not page.locator(".filter").is_visible()
        page.locator("details summary").first.click()
        assert page.locator("details[open]").count() == 1
