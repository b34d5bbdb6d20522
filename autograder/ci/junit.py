"""JUnit XML, as testing/example_scripts/junit-10.xsd of pytest has it.

A test case has no properties there, so the points stand with the suite, function by function.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from autograder.ci.result import StageResult
from autograder.printable import printable
from autograder.report import CheckReport, FunctionReport, Report
from autograder.reports.words import OUTCOMES, points_text


def junit_xml(results: Sequence[StageResult]) -> str:
    """Return a document with a suite for each stage and a case for each check."""
    root = ET.Element("testsuites", name="autograder")
    for result in results:
        root.append(_suite(result.report))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _suite(report: Report) -> ET.Element:
    checks = [check for part in report.functions for check in part.checks]
    suite = ET.Element(
        "testsuite",
        name=report.stage,
        tests=str(len(checks)),
        failures=str(sum(check.outcome != "passed" for check in checks)),
        errors="0",
        skipped="0",
        time=f"{report.duration_s:.3f}",
    )
    properties = ET.SubElement(suite, "properties")
    _add_points(properties, "", report)
    for part in report.functions:
        _add_points(properties, f".{part.name}", part)
    for part in report.functions:
        for check in part.checks:
            suite.append(_case(report, part.name, check))
    return suite


def _add_points(properties: ET.Element, whose: str, part: Report | FunctionReport) -> None:
    for what, points in (("points", part.points), ("max_points", part.max_points)):
        ET.SubElement(properties, "property", name=what + whose, value=points_text(points))


def _case(report: Report, function: str, check: CheckReport) -> ET.Element:
    case = ET.Element(
        "testcase",
        classname=f"{report.stage}.{function}",
        name=check.name,
        time=f"{check.duration_s:.3f}",
    )
    if check.outcome != "passed":
        word = OUTCOMES[check.outcome].word
        failure = ET.SubElement(case, "failure", type=check.outcome, message=word)
        failure.text = printable(report.reason or check.message)
    return case
