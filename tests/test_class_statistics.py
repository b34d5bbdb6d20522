"""What a class's page says of checks and mistakes: figures that can be counted by hand."""

import random
from functools import partial

import numpy as np
import pytest

from autograder.report import AND, KNOWN_MISTAKE, OR, Outcome, Report
from autograder.reports.check_summary import CheckSummary, point_biserial
from autograder.reports.class_mistakes import MistakeSummary, frequent_mistakes
from autograder.reports.class_summary import StageSummary
from autograder.reports.words import signed_text
from tests.test_reports import FIRST, SECOND, check, report, unreadable

values = partial(check, "svm_loss::values", max_points=6)


def summed(checks: list, others: list[Outcome] | None = None) -> CheckSummary:
    """Sum up the only check of svm_loss, in submissions that pass add_bias or do as is said."""
    others = others or ["passed"] * len(checks)
    reports = [
        report(f"s{i}", checks={"svm_loss": [one], "add_bias": [check("add_bias::v", other)]})
        for i, (one, other) in enumerate(zip(checks, others, strict=True))
    ]
    (found,) = (one for one in StageSummary(FIRST, reports).checks if one.function == "svm_loss")
    return found


class TestDiscrimination:
    def test_is_the_correlation_with_passing(self) -> None:
        draw = np.random.default_rng(5)
        passed, rest = draw.random(50) < 0.3, draw.normal(size=50)
        assert point_biserial(passed, rest) == pytest.approx(np.corrcoef(passed, rest)[0, 1])

    @pytest.mark.parametrize(
        ("passed", "rest"),
        [([True] * 3, [1, 2, 3]), ([False] * 3, [1, 2, 3]), ([True, False], [2, 2]), ([], [])],
    )
    def test_is_not_defined_without_any_spread(self, passed: list, rest: list) -> None:
        assert point_biserial(passed, rest) is None

    def test_rounding_is_no_spread(self) -> None:
        assert point_biserial([True, False], [0.1 + 0.2, 0.3]) is None

    def test_leaves_out_the_points_of_the_check_itself(self) -> None:
        outcomes: list[Outcome] = ["passed", "failed"] * 4
        assert summed([values(outcome) for outcome in outcomes]).discrimination is None
        others: list[Outcome] = ["failed", "passed"] * 4
        found = summed([values(outcome) for outcome in outcomes], others)
        assert found.discrimination == pytest.approx(-1)

    def test_backwards_is_more_than_chance(self) -> None:
        outcomes: list[Outcome] = ["passed", "failed"] * 50
        against: list[Outcome] = ["failed", "passed"] * 50
        assert summed([values(one) for one in outcomes], against).backwards
        mixed = against[:55] + outcomes[55:]
        weak = summed([values(one) for one in outcomes], mixed)
        assert weak.discrimination == pytest.approx(-0.1, abs=0.02)
        assert not weak.backwards

    def test_has_a_sign(self) -> None:
        assert [signed_text(0.418), signed_text(-0.07)] == ["+0.42", "−0.07"]


class TestFlags:
    def test_nine_of_ten_are_nearly_all(self) -> None:
        assert summed([values("failed")] * 9 + [values()]).nearly_all_fail
        assert not summed([values("failed")] * 8 + [values()] * 2).nearly_all_fail

    def test_who_has_not_written_the_function_does_not_count(self) -> None:
        stubs = [values("not_implemented")] * 40
        assert not summed([*stubs, *[values("failed")] * 3, *[values()] * 3]).nearly_all_fail
        assert summed([*stubs, *[values()] * 5]).nobody_fails
        assert not summed(stubs).nobody_fails

    @pytest.mark.parametrize("outcome", ["failed", "error", "timeout", "killed"])
    def test_one_who_fails_is_somebody(self, outcome: Outcome) -> None:
        assert not summed([values()] * 30 + [values(outcome)]).nobody_fails

    def test_a_handful_says_nothing(self) -> None:
        few = summed([values("failed")] * 4)
        assert not few.nearly_all_fail
        assert not summed([values()] * 4).nobody_fails


class TestTimes:
    def test_are_those_of_written_functions(self) -> None:
        found = summed(
            [values(duration_s=seconds) for seconds in (0.1, 0.2, 9)]
            + [values("not_implemented", duration_s=0)] * 9
        )
        assert (found.median_s, found.longest_s) == (0.2, 9)

    def test_are_none_without_any(self) -> None:
        found = summed([values("not_implemented")])
        assert (found.median_s, found.longest_s) == (None, None)


class TestNamedMistakes:
    def test_each_has_its_part_of_the_message(self) -> None:
        said = f"It differs. {KNOWN_MISTAKE} First. Why?{OR}Twin. How?{AND}Second. Where?"
        found = check(message=said, mistakes=["f.a", "f.b", "f.c"]).named_mistakes
        assert found == [
            (("f.a", "f.b"), f"First. Why?{OR}Twin. How?"),
            (("f.c",), "Second. Where?"),
        ]

    @pytest.mark.parametrize("said", ["", f"{KNOWN_MISTAKE} One.", f"{KNOWN_MISTAKE} A{AND}B{OR}C"])
    def test_a_message_that_does_not_fit_leaves_the_ids(self, said: str) -> None:
        found = check(message=said, mistakes=["f.a", "f.b"]).named_mistakes
        assert found == [(("f.a",), ""), (("f.b",), "")]


class TestFrequentMistakes:
    def made(self, student: str, **mistakes: str) -> Report:
        """Make a report in which functions fail by a mistake with an explanation."""
        checks = {
            name: [
                check(
                    f"{name}::{i}",
                    "failed",
                    message=f"It differs. {KNOWN_MISTAKE} {said}",
                    mistakes=[f"{name}.{said.lower()}"],
                )
                for i in range(2)
            ]
            for name, said in mistakes.items()
        }
        return report(student, checks=checks)

    def found(self, *reports: Report) -> list[MistakeSummary]:
        stages = [(FIRST, "linear_svm"), (SECOND, "deep")]
        return frequent_mistakes(
            StageSummary(stage, [one for one in reports if one.stage == name])
            for stage, name in stages
        )

    def test_most_students_come_first_and_each_counts_once(self) -> None:
        reports = [
            self.made("ada", svm_loss="Rare"),
            *(self.made(name, svm_loss="Often") for name in ("eve", "bob", "cy")),
            report("dan"),
            unreadable("fay"),
            report("dan", SECOND),
        ]
        random.Random(0).shuffle(reports)
        often, rare = self.found(*reports)
        assert (often.explanation, list(often.students)) == ("Often", ["bob", "cy", "eve"])
        assert (rare.explanation, list(rare.students)) == ("Rare", ["ada"])
        assert often.judged == 5
        assert (often.ids, often.stage) == ({"svm_loss.often": None}, FIRST)

    def test_the_same_mistake_in_two_functions_is_one(self) -> None:
        both = self.made("bob", svm_loss="Lazy", add_bias="Lazy")
        (lazy,) = self.found(self.made("ada", svm_loss="Lazy"), both)
        assert lazy.functions == ["add_bias", "svm_loss"]
        assert lazy.students == {"ada": "svm_loss", "bob": "add_bias"}

    def test_mistakes_without_a_word_stay_apart(self) -> None:
        silent = [
            report(f"s{i}", checks={"svm_loss": [values("failed", mistakes=[f"svm_loss.m{i}"])]})
            for i in range(2)
        ]
        assert [list(one.ids) for one in self.found(*silent)] == [["svm_loss.m0"], ["svm_loss.m1"]]
