"""CSV with the columns of `nbgrader export`, for what reads that; see nbgrader/plugins/export.py.

nbgrader itself writes texts as they are, so that a comma in a name moves the columns behind it;
here they are quoted (RFC 4180).
"""

from autograder.export.people import Joined, Person
from autograder.export.request import Exported, Request
from autograder.export.sheets import Sheet
from autograder.report import Report
from autograder.reports.grades import inert

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def export(request: Request) -> Exported:
    """Write a row for each stage and student; as in nbgrader, who handed in nothing has 0."""
    roster = request.roster
    joined = Joined() if roster is None else request.join(roster)
    sheet = Sheet(list(COLUMNS))
    for stage, reports in request.reports.items():
        most = str(float(request.max_points(stage)))
        for student, report in reports.items():
            if report.counted.excused:
                continue
            place = joined.places.get(student)
            known = Person() if roster is None or place is None else roster[place]
            who = _who(known, student)
            time = report.counted.submitted
            sheet.rows.append([stage, "", time, *who, *_scores(report), most])
        for place, title in joined.handed_in_nothing.items():
            who = _who((roster or [])[place], title)
            sheet.rows.append([stage, "", "", *who, *_scores(None), most])
    return Exported({"": sheet.text()}, joined, request.excused())


def _who(person: Person, otherwise: str) -> list[str]:
    """Return id, last name, first name and email; a name that can't be divided is a last name."""
    last, first = person.last, person.first
    if not (last or first):
        last, _, first = person.name.partition(", ")
    return [inert(text) for text in (person.id or otherwise, last, first, person.email)]


def _scores(report: Report | None) -> list[str]:
    """Return the score with marks for written questions, what the rules take off, and the rest."""
    if report is None:
        return ["0.0", "0.0", "0.0"]
    counted = report.counted
    raw, score = report.points + sum(counted.marks.values()), counted.points or 0.0
    return [str(float(points)) for points in (round(raw, 2), round(raw - score, 2), score)]
