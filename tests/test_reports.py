"""Pages and grades: what they say, where they link, and that no hostile text gets through."""

import base64
import csv
import hashlib
import io
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from autograder.folders import safe_names
from autograder.report import KNOWN_MISTAKE, CheckReport, FunctionReport, Outcome, Report
from autograder.reports.class_summary import StageSummary
from autograder.reports.grades import grades_csv
from autograder.reports.html import class_page, student_page
from autograder.reports.terminal import class_table
from autograder.reports.words import percent_text, points_text, seconds_text
from autograder.stage import Function, Stage
from tests.page import Element, Page

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title></style></script><script>alert(1)</script>",
    "<!-- -->",
    "{{ 7 * 7 }}{% raw %}",
    "`<b>`bold`</b>`",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "\x00\x1b[31mred\x7f\ud800",
    "\u202egnp.exe",
]
FIRST = Stage(
    number=2,
    name="linear_svm",
    title="Linear classifier",
    summary="Scores.",
    functions=(
        Function(name="add_bias", points=1, hints=("One column more.", "Of ones: `np.ones`.")),
        Function(name="svm_loss", points=6, hints=("Margins first.", "Then <dW>.", "Then reg.")),
    ),
)
SECOND = Stage(
    number=10,
    name="deep",
    title="Deep nets",
    summary="Depth.",
    functions=(Function(name="relu", points=0.75, hints=("Cut off at 0.",)),),
)


def check(
    name: str = "svm_loss::values",
    outcome: Outcome = "passed",
    max_points: float = 1,
    **fields: object,
) -> CheckReport:
    """Make one check of a report."""
    defaults = {"title": "Values are right.", "visibility": "public", "duration_s": 0.0123} | fields
    return CheckReport(
        id=name,
        outcome=outcome,
        points=max_points if outcome == "passed" else 0,
        max_points=max_points,
        **defaults,
    )


def report(
    student: str = "ada",
    stage: Stage = FIRST,
    checks: dict[str, list[CheckReport]] | None = None,
    **fields: object,
) -> Report:
    """Make a report; a function of the stage without checks here passes its only one."""
    parts = []
    for function in stage.functions:
        own = (checks or {}).get(function.name) or [
            check(f"{function.name}::values", "passed", function.points)
        ]
        parts.append(
            FunctionReport(
                name=function.name,
                points=sum(one.points for one in own),
                max_points=function.points,
                checks=own,
            )
        )
    defaults = {"status": "graded", "kit_version": "0.1.0", "isolation": ["process", "rlimits"]}
    return Report(
        student=student,
        stage=stage.name,
        points=sum(part.points for part in parts),
        max_points=stage.max_points,
        functions=parts,
        **(defaults | fields),
    )


def unreadable(student: str = "ada", stage: Stage = FIRST, reason: str = "It is torn.") -> Report:
    """Make the report of a submission that could not be read."""
    checks = {
        function.name: [check(f"{function.name}::values", "error", function.points)]
        for function in stage.functions
    }
    return report(student, stage, checks, status="unreadable", reason=reason, isolation=[])


def mixed(student: str = "ada", message: str = "dW[0, 1] is 3; expected 1.5.") -> Report:
    """Make a report with something of everything."""
    checks = {
        "svm_loss": [
            check("svm_loss::loss", "passed", 1, title="The loss is right."),
            check("svm_loss::gradient", "failed", 3, title="The gradient is.", message=message),
            check("svm_loss::large", "timeout", 2, title="Large scores.", message="Too slow."),
        ]
    }
    return report(student, checks=checks, notes=["`link` was left out."])


def page_of(one: Report, stage: Stage | None = FIRST) -> Element:
    """Parse a student's page."""
    return Page(student_page(one, stage)).root


def class_of(
    reports: list[Report],
    stages: list[Stage] | None = None,
    isolation: str = "strict",
    secret: bool = True,
) -> Element:
    """Parse a class's page."""
    return Page(class_html(reports, stages, isolation, secret)).root


def class_html(
    reports: list[Report],
    stages: list[Stage] | None = None,
    isolation: str = "strict",
    secret: bool = True,
) -> str:
    """Return a class's page, with folders as `grade` makes them."""
    folders = safe_names(sorted({one.student for one in reports}))
    return class_page(reports, folders, stages or [FIRST], isolation, secret)


def plain_shape(html: str) -> list[tuple[str, ...]]:
    """Return the elements of a page and their attributes; code spans are a message's own."""
    return [shape for shape in Page(html).shape if shape != ("code",)]


class TestStudentPage:
    def test_says_who_what_and_how_many_points(self) -> None:
        root = page_of(mixed("Ada Lovelace"))
        assert root.find("title").text == "Ada Lovelace: Linear classifier"
        assert root.find("h1").text == "Linear classifier"
        assert root.find("p", class_="who").text == "Ada Lovelace"
        assert root.find("p", class_="total").text == "2 of 7 points"
        assert root.find("html").attributes["lang"] == "en"

    def test_bar_is_filled_as_the_points_are(self) -> None:
        bar = page_of(mixed()).find("svg", class_="bar")
        width = {
            kind: sum(float(r.attributes["width"] or 0) for r in bar.find_all("rect", class_=kind))
            for kind in ("rest", "fill")
        }
        assert width["fill"] / width["rest"] == pytest.approx(2 / 7, abs=0.005)

    def test_each_check_has_title_outcome_points_and_message(self) -> None:
        section = page_of(mixed()).find("section", id="svm_loss")
        assert section.find("header").text == "svm_loss 1 of 6 points"
        loss, gradient, large = (item.text for item in section.find_all("li"))
        assert loss == "✓ passed The loss is right. public, 12 ms 1 of 1"
        assert gradient.startswith("✗ failed The gradient is.")
        assert gradient.endswith("0 of 3 dW[0, 1] is 3; expected 1.5.")
        assert large.startswith("◷ timed out Large scores.")

    def test_hidden_check_shows_name_and_reason_only(self) -> None:
        secretive = check(
            "svm_loss::gradient",
            "failed",
            6,
            title="The gradient is right.",
            visibility="hidden",
            message="Wrong on inputs that you have not seen.",
            mistakes=["svm_loss.no_mean"],
            duration_s=7.77,
        )
        html = student_page(report(checks={"svm_loss": [secretive]}), FIRST)
        item = Page(html).root.find("section", id="svm_loss").find("li")
        assert item.text == (
            "✗ failed The gradient is right. hidden 0 of 6 Wrong on inputs that you have not seen."
        )
        for told in ("svm_loss::gradient", "no_mean", "7.77", "7.8"):
            assert told not in html
        assert "Hidden checks" in html

    def test_public_page_does_not_speak_of_hidden_checks(self) -> None:
        assert "Hidden checks" not in student_page(mixed(), FIRST)

    def test_hints_open_one_inside_the_other_where_a_check_fails(self) -> None:
        root = page_of(mixed())
        first = root.find("section", id="svm_loss").find_all("details")[0]
        steps = [element.text for element in first.find_all("summary")]
        assert steps == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]
        second = first.find_all("details")[0]
        assert "Margins first." in first.text
        assert "Margins first." not in second.text
        assert "Then <dW>." in second.text
        assert not root.find("section", id="add_bias").find_all("details")
        assert not any("open" in element.attributes for element in root.find_all("details"))

    def test_no_hints_without_a_stage(self) -> None:
        root = page_of(mixed(), None)
        assert not root.find_all("details")
        assert root.find("h1").text == "linear_svm"

    def test_tells_how_to_run_a_failing_check_at_home(self) -> None:
        commands = [line.find("code").text for line in page_of(mixed()).find_all("p", class_="run")]
        assert commands == ["autograder check linear_svm --only svm_loss"]

    def test_unreadable_is_prominent_and_not_repeated_for_each_check(self) -> None:
        root = page_of(unreadable(reason="ada.zip is torn: pack it again."))
        notice = root.find("main").find("div", class_="alarm")
        assert notice.find("h2").text == "This could not be graded"
        assert "ada.zip is torn: pack it again." in notice.text
        assert root.find("p", class_="total").text == "0 of 7 points"
        assert not root.find_all("section", class_="function")
        assert "Your code was not run." in root.find("footer").text

    def test_message_shared_by_all_checks_is_said_once(self) -> None:
        message = "`svm_loss` is not implemented yet."
        checks = [check(f"svm_loss::{i}", "not_implemented", 2, message=message) for i in range(3)]
        section = page_of(report(checks={"svm_loss": checks})).find("section", id="svm_loss")
        assert section.text.count("is not implemented yet") == 1
        assert section.text.count("○ not implemented") == 3

    def test_tells_isolation_notes_and_version(self) -> None:
        root = page_of(mixed())
        footer = root.find("footer").text
        assert "a process of its own; limits on memory, processor time and files" in footer
        assert "version 0.1.0" in footer
        assert "link was left out." in root.find("main").find("div", class_="notice").text

    def test_complete_page_says_so(self) -> None:
        root = page_of(report())
        assert "Every check passes." in root.find("main").text
        assert not root.find_all("p", class_="run")

    def test_links_lead_to_places_on_the_page(self) -> None:
        root = page_of(mixed())
        ids = {section.attributes.get("id") for section in root.find_all("section")}
        links = [link.attributes["href"] or "" for link in root.find_all("a")]
        assert links
        assert all(link.startswith("#") and link[1:] in ids for link in links)


class TestClassPage:
    REPORTS = (
        mixed("ada"),
        report("bob"),
        unreadable("cy", reason="cy.zip is torn."),
        report("ada", SECOND),
    )

    def page(self, **settings: object) -> Element:
        return class_of(list(self.REPORTS), [FIRST, SECOND], **settings)

    def test_summary_counts(self) -> None:
        root = self.page()
        assert "3 students, 4 submissions." in root.find("header").text
        rows = [row.text for row in root.find("table", class_="numbers").find_all("tr")]
        assert rows[1] == "Linear classifier 3 1 1 4.5 4.5 7"
        assert rows[2] == "Deep nets 1 0 1 0.75 0.75 0.75"

    def test_unreadable_and_killed_come_first_with_reasons_and_then_who_handed_in_nothing(self):
        dead = check("svm_loss::loss", "killed", 6, message="It ended the process.")
        nothing = [
            unreadable(student, stage, f"There is no {stage.name}.py or {stage.name}.ipynb in x/.")
            for student, stage in (("abe", FIRST), ("eve", FIRST), ("eve", SECOND))
        ]
        reports = [*self.REPORTS, *nothing, report("dan", checks={"svm_loss": [dead]})]
        first = class_of(reports, [FIRST, SECOND]).find("main").find_all("section")[0]
        rows = [row.text for row in first.find_all("tr")[1:]]
        assert rows == [
            "cy Linear classifier ! unreadable cy.zip is torn.",
            "dan Linear classifier ■ killed It ended the process.",
            "abe Linear classifier – no file There is no linear_svm.py or linear_svm.ipynb in x/.",
            "eve Linear classifier, Deep nets – no file "
            "There is no <stage>.py or <stage>.ipynb in x/.",
        ]

    def test_no_list_of_trouble_without_any(self) -> None:
        assert "Unreadable, killed" not in class_html([report()])

    def test_heat_map_has_points_in_each_cell(self) -> None:
        table = self.page().find("section", id="linear_svm").find("table", class_="heat")
        rows = table.find_all("tr")
        assert [cell.text for cell in rows[0].find_all("th")] == [
            "Student",
            "Points of 7",
            "add_bias of 1",
            "svm_loss of 6",
        ]
        assert [cell.text for cell in rows[1].find_all("td")] == ["2", "1", "◷ 1"]
        assert [cell.attributes["class"] for cell in rows[1].find_all("td")] == ["sum", "h5", "h1"]
        assert [cell.text for cell in rows[3].find_all("td")] == ["0", "! unreadable"]

    def test_links_resolve_to_files_of_the_results(self) -> None:
        names = ["ada", "Ada", "Zoë Müller", "a/../b", "javascript:alert(1)", "100%", "?#"]
        folders = safe_names(names)
        written = {f"{folders[name]}/linear_svm.html" for name in names}
        root = class_of([report(name) for name in names])
        links = [
            a.attributes["href"] or "" for a in root.find("table", class_="heat").find_all("a")
        ]
        assert {unquote(link) for link in links} == written
        assert all(PurePosixPath(unquote(link)).parts[0] != ".." for link in links)

    def test_odd_folder_is_quoted(self) -> None:
        html = class_page([report("ada")], {"ada": 'javascript:"a b/#?%'}, [FIRST], "strict", True)
        (link,) = Page(html).root.find("table", class_="heat").find_all("a")
        assert link.attributes["href"] == "javascript%3A%22a%20b%2F%23%3F%25/linear_svm.html"

    def test_check_that_nearly_all_fail_is_pointed_out(self) -> None:
        wrong = {"svm_loss": [check("svm_loss::loss", "failed", 6, mistakes=["svm_loss.no_mean"])]}
        reports = [report(f"s{i}", checks=wrong) for i in range(8)]
        reports += [report("t", checks={"svm_loss": [check("svm_loss::loss", "failed", 6)]})]
        root = class_of(reports)
        rows = root.find("table", class_="rates").find_all("tr")
        heads = ["Check", "Points", "Passed", "Failed", "Discrimination", "Median time", "Longest"]
        assert [head.text for head in rows[0].find_all("th")] == heads
        assert [row.text for row in rows[1:]] == [
            "add_bias Values are right. nobody fails 1 100% – 12 ms 12 ms",
            "svm_loss Values are right. nearly all fail 6 0% 9 – 12 ms 12 ms",
        ]
        assert rows[2].attributes["class"] == "odd"
        look = root.find("section", class_="alarm")
        assert look.find("li").text == (
            "svm_loss Values are right. 0 of 9 pass; a known mistake fits 8 of the 9 failures"
        )
        assert look.find("a").attributes["href"] == f"#{rows[2].attributes['id']}"

    def test_mistakes_are_listed_with_who_made_them(self) -> None:
        said = f"dW is wrong. {KNOWN_MISTAKE} No mean is taken. Divide by `N`?"
        wrong = {"svm_loss": [check("svm_loss::loss", "failed", 6, message=said, mistakes=["m.a"])]}
        reports = [report(name, checks=wrong) for name in ("<b>", "ada", "bob", "cy")]
        root = class_of([*reports, report("dan")])
        row = root.find("table", class_="made").find("tbody").find("tr")
        assert row.find_all("td")[1].text.startswith("No mean is taken. Divide by N?")
        assert row.find_all("td")[0].text == "4 80%"
        assert [a.text for a in row.find("details").find_all("a")] == ["<b>", "ada", "bob", "cy"]
        links = [a.attributes["href"] or "" for a in row.find_all("a")]
        assert links[1:] == [f"{name}/linear_svm.html#svm_loss" for name in ("ada", "bob", "cy")]
        assert "made" not in class_html([report()]).split("</style>")[1]

    def test_says_what_was_not_isolated_and_which_inputs(self) -> None:
        words = "without file-system isolation"
        assert words in class_html([report()], isolation="process")
        assert words not in class_html([report()], isolation="strict")
        assert "public and secret inputs" in class_html([report()], secret=True)
        assert "the public inputs alone" in class_html([report()], secret=False)

    def test_histogram_shows_each_bin_that_is_not_empty(self) -> None:
        reports = [report("a"), report("b"), mixed("c"), unreadable("d")]
        picture = class_of(reports).find("figure").find("svg")
        assert (picture.attributes["aria-label"] or "").endswith("0, 0, 1, 0, 0, 0, 0, 0, 0, 2")
        assert [t.text for t in picture.find_all("text")] == ["1", "2", "0", "3.5", "7"]

    def test_class_without_submissions_or_with_none_readable(self) -> None:
        assert "0 students, 0 submissions" in class_of([]).text
        row = class_of([unreadable()]).find("table", class_="numbers").find_all("tr")[1]
        assert row.text == "Linear classifier 1 1 0 – – 7"

    def test_works_without_its_script(self) -> None:
        assert "hidden" in self.page().find("div", class_="filter").attributes


class TestSummary:
    def test_bins_are_exact(self) -> None:
        stage = FIRST.model_copy(update={"functions": FIRST.functions[:1]})
        scores = [0, 0.09, 0.1, 0.29, 0.3, 0.7, 0.99, 1]
        checks = [{"add_bias": [check("add_bias::v", "passed", points)]} for points in scores]
        reports = [report(f"s{i}", stage, one) for i, one in enumerate(checks)]
        assert StageSummary(stage, reports).histogram == [2, 1, 1, 1, 0, 0, 0, 1, 0, 2]

    @pytest.mark.parametrize(
        ("points", "heat"),
        [(0, "h0"), (0.01, "h1"), (1.5, "h1"), (1.51, "h2"), (4.5, "h3"), (5.99, "h4"), (6, "h5")],
    )
    def test_heat_tells_none_some_and_all_apart(self, points: float, heat: str) -> None:
        one = report(checks={"svm_loss": [check("svm_loss::v", "passed", points)]})
        (row,) = StageSummary(FIRST, [one]).rows
        assert row.cells[1].heat == heat

    def test_not_implemented_is_not_wrong(self) -> None:
        one = report(checks={"svm_loss": [check("svm_loss::v", "not_implemented", 6)]})
        (row,) = StageSummary(FIRST, [one]).rows
        assert (row.cells[1].heat, row.cells[1].text) == ("todo", "○ 0")


def on_terminal(reports: list[Report], stages: list[Stage]) -> str:
    console = Console(width=80, file=io.StringIO(), color_system=None)
    console.print(class_table(reports, stages))
    return console.file.getvalue()


class TestClassOnTerminal:
    def test_eight_stages_find_room_between_the_names_and_the_totals(self) -> None:
        stages = [
            stage.model_copy(update={"name": f"long_name_{i}"})
            for i, stage in enumerate([FIRST] * 8)
        ]
        reports = [mixed("chen-wei").model_copy(update={"stage": one.name}) for one in stages]
        lines = on_terminal(reports, stages).splitlines()
        assert max(map(len, lines)) <= 80
        (row,) = (line for line in lines if line.startswith(" chen-wei "))
        points = points_text(reports[0].points)
        assert row.split() == ["chen-wei", *[points] * 8, points_text(8 * reports[0].points)]
        assert any(line.split()[-1:] == ["total"] for line in lines)

    def test_what_is_missing_in_several_stages_is_said_once(self) -> None:
        reports = [
            unreadable("ada", stage, f"There is no {stage.name}.py in ada/; found x.py.")
            for stage in (FIRST, SECOND)
        ]
        (said,) = re.findall(r"ada \(.*", on_terminal(reports, [FIRST, SECOND]))
        assert said == "ada (linear_svm, deep): There is no <stage>.py in ada/; found x.py."
        (said,) = re.findall(r"ada \(.*", on_terminal(reports[:1], [FIRST, SECOND]))
        assert said == "ada (linear_svm): There is no linear_svm.py in ada/; found x.py."


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_student_page_has_the_elements_of_a_harmless_one(self, text: str) -> None:
        harmless, hostile = mixed(), mixed(text, text)
        hostile.notes = [text]
        assert plain_shape(student_page(hostile, FIRST)) == plain_shape(
            student_page(harmless, FIRST)
        )

    @pytest.mark.parametrize("text", HOSTILE)
    def test_class_page_has_the_elements_of_a_harmless_one(self, text: str) -> None:
        pages = [
            class_html([mixed(name), unreadable(f"{name} 2", reason=name)])
            for name in ("ada", text)
        ]
        assert plain_shape(pages[0]) == plain_shape(pages[1])

    @settings(max_examples=60, deadline=None)
    @given(name=st.text(min_size=1), message=st.text(min_size=1))
    def test_any_text_stays_text(self, name: str, message: str) -> None:
        html = student_page(mixed(name, message), FIRST)
        assert plain_shape(html) == plain_shape(student_page(mixed(), FIRST))
        shown = page_of(mixed(name, message)).find("p", class_="who").raw
        assert shown == re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "�", name)
        reports = [mixed(name, message), unreadable(name + "!", reason=message)]
        assert plain_shape(class_html(reports)) == plain_shape(
            class_html([mixed(), unreadable("bob")])
        )

    def test_text_is_shown_as_it_is(self) -> None:
        root = page_of(mixed("<b>Ada</b> & \"'", "Use `a < b` & <c>."))
        assert root.find("p", class_="who").text == "<b>Ada</b> & \"'"
        said = root.find("section", id="svm_loss").find_all("li")[1].find("p")
        assert said.text == "Use a < b & <c>."
        assert said.find("code").text == "a < b"

    def test_pages_can_be_written_as_utf8(self) -> None:
        for html in (student_page(mixed(HOSTILE[9]), FIRST), class_html([mixed(HOSTILE[9])])):
            assert "\0" not in html
            html.encode("utf-8")

    def test_policy_allows_the_pages_own_style_and_script_only(self) -> None:
        for html in (student_page(mixed(), FIRST), class_html([mixed()])):
            root = Page(html).root
            policy = root.find("meta", http_equiv="Content-Security-Policy").attributes["content"]
            rules = dict(rule.split(maxsplit=1) for rule in (policy or "").split("; "))
            assert rules["default-src"] == "'none'"
            for tag in ("style", "script"):
                sources = [source_hash(element.raw) for element in root.find_all(tag)]
                assert rules[f"{tag}-src"].split() == (sources or ["'none'"])

    def test_nothing_is_fetched(self) -> None:
        for html in (student_page(mixed(), FIRST), class_html([mixed()])):
            assert not re.search(r"https?:|//[a-z]|url\(|@import|\bsrc=|\bstyle=|\bon\w+=", html)


class TestGrades:
    def test_exact_bytes(self) -> None:
        reports = [report("bob"), report("ada", SECOND), unreadable("cy"), mixed("ada")]
        assert grades_csv(reports, [FIRST, SECOND]).encode() == (
            b"student,stage,status,points,max_points,add_bias,svm_loss,relu\r\n"
            b"ada,linear_svm,graded,2,7,1,1,\r\n"
            b"ada,deep,graded,0.75,0.75,,,0.75\r\n"
            b"bob,linear_svm,graded,7,7,1,6,\r\n"
            b"cy,linear_svm,unreadable,0,7,0,0,\r\n"
        )

    def test_order_of_reports_does_not_matter(self) -> None:
        reports = [report("bob"), report("ada", SECOND), mixed("ada")]
        expected = grades_csv(reports, [FIRST, SECOND])
        assert grades_csv(reports[::-1], [FIRST, SECOND]) == expected

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_formula_is_neutralised(self, start: str) -> None:
        text = grades_csv([report(f"{start}HYPERLINK(1)")], [FIRST])
        ((student, *_),) = list(csv.reader(io.StringIO(text, newline="")))[1:]
        assert student == f"'{start}HYPERLINK(1)"

    @given(name=st.text(st.characters(exclude_categories=["Cs"])))
    def test_any_name_can_be_read_again(self, name: str) -> None:
        text = grades_csv([report(name)], [FIRST])
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len(rows) == 2
        assert rows[1][0] in (name, f"'{name}")
        assert rows[1][1:] == ["linear_svm", "graded", "7", "7", "1", "6"]

    def test_quotes_as_the_rfc_says(self) -> None:
        text = grades_csv([report('Lovelace, "Ada"')], [FIRST])
        assert text.splitlines()[1].startswith('"Lovelace, ""Ada""",linear_svm,')


class TestWords:
    @pytest.mark.parametrize(
        ("points", "text"), [(17, "17"), (17.5, "17.5"), (0.25, "0.25"), (0, "0"), (100, "100")]
    )
    def test_points(self, points: float, text: str) -> None:
        assert points_text(points) == text

    @pytest.mark.parametrize(
        ("seconds", "text"), [(0.0123, "12 ms"), (0.9999, "1.0 s"), (1.26, "1.3 s"), (48.2, "48 s")]
    )
    def test_seconds(self, seconds: float, text: str) -> None:
        assert seconds_text(seconds) == text

    @pytest.mark.parametrize(
        ("part", "whole", "text"),
        [(0, 0, "0%"), (0, 9, "0%"), (9, 9, "100%"), (1, 1000, "1%"), (999, 1000, "99%")],
    )
    def test_percent_is_none_or_all_only_if_it_is(self, part: int, whole: int, text: str) -> None:
        assert percent_text(part, whole) == text


def test_class_of_a_thousand() -> None:
    names = [f"student {i:04}" for i in range(1000)]
    reports = [unreadable(name) if i % 50 == 0 else mixed(name) for i, name in enumerate(names)]
    root = class_of(reports)
    assert len(root.find("table", class_="heat").find_all("tr")) == 1001
    assert "1,000 students" in root.find("header").text
    assert len(grades_csv(reports, [FIRST]).splitlines()) == 1001


def source_hash(text: str) -> str:
    """Return the source expression that a policy allows this text by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
