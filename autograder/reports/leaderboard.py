"""The leaderboard of an open task: which model finds how much, with what, how fast."""

import csv
import io
import json
from typing import Any, NamedTuple

from autograder.report import Report, Score
from autograder.reports.grades import inert
from autograder.reports.html import environment
from autograder.reports.words import points_text
from autograder.stage import Stage

NAME = "leaderboard"
COLUMNS = (
    *("stage", "rank", "student", "accuracy", "parameters"),
    *("seconds", "images", "hidden", "points"),
)


class Place(NamedTuple):
    """One model's place; models that find as much have the same rank."""

    rank: int
    student: str
    score: Score
    points: float


class Board(NamedTuple):
    """The places of one stage, the best first, and how many models have none."""

    stage: Stage
    places: list[Place]
    unjudged: int

    @property
    def hidden(self) -> bool:
        """Whether the images were hidden."""
        return all(place.score.hidden for place in self.places)


def boards(reports: list[Report], stages: list[Stage], anonymous: bool = False) -> list[Board]:
    """Rank the models of each open task.

    Parameters
    ----------
    reports : list of Report
        Of the whole class, in any order.
    stages : list of Stage
        Of the run; those that are no open task are passed over.
    anonymous : bool
        Whether to leave out who made a model, as where students are to see it.
    """
    return [
        _board([report for report in reports if report.stage == stage.name], stage, anonymous)
        for stage in stages
        if stage.challenge
    ]


def _board(reports: list[Report], stage: Stage, anonymous: bool) -> Board:
    judged = [(report.score, report) for report in reports if report.score]
    judged.sort(key=lambda pair: (-pair[0].accuracy, pair[0].parameters, pair[1].student))
    places: list[Place] = []
    for number, (score, report) in enumerate(judged, start=1):
        ties = bool(places) and places[-1].score.accuracy == score.accuracy
        rank = places[-1].rank if ties else number
        student = f"Model {number}" if anonymous else report.student
        places.append(Place(rank, student, score, report.points))
    return Board(stage, places, len(reports) - len(judged))


def leaderboard_page(found: list[Board], anonymous: bool = False) -> str:
    """Return the page as an HTML document that stands alone."""
    template = environment().get_template("leaderboard.html")
    return template.render(boards=found, anonymous=anonymous)


def leaderboard_csv(found: list[Board]) -> str:
    """Return the places as CSV (RFC 4180, line ends CRLF), inert in a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for board in found:
        for place in board.places:
            cells = _row(board, place)
            cells |= {"student": inert(place.student), "points": points_text(place.points)}
            writer.writerow([cells[name] for name in COLUMNS])
    return text.getvalue()


def leaderboard_json(found: list[Board]) -> str:
    """Return the places as one JSON document."""
    places = [_row(board, place) for board in found for place in board.places]
    return json.dumps({"schema": 1, "places": places}, indent=1) + "\n"


def _row(board: Board, place: Place) -> dict[str, Any]:
    known = {"stage": board.stage.name, **place._asdict(), **place.score.model_dump()}
    return {name: known[name] for name in COLUMNS}


def leaderboard_files(
    reports: list[Report], stages: list[Stage], anonymous: bool = False
) -> dict[str, str]:
    """Return page, CSV and JSON by their file names; nothing where no stage is an open task."""
    found = boards(reports, stages, anonymous)
    if not found:
        return {}
    return {
        f"{NAME}.html": leaderboard_page(found, anonymous),
        f"{NAME}.csv": leaderboard_csv(found),
        f"{NAME}.json": leaderboard_json(found),
    }
