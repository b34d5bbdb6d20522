"""Handouts: each agrees with its stage.toml, and a student can work from it alone."""

import re
from pathlib import Path

import pytest

from autograder.stage import Stage, read_stages, stage_folder

KIT = Path(__file__).parents[1]
STAGES = [stage for stage in read_stages(KIT) if stage.number <= 6]
SECTIONS = [
    "The idea",
    "The mathematics",
    "Conventions",
    "Your tasks",
    "How to work",
    "What to look at",
    "Common traps",
    "From Julia to NumPy",
    "Questions",
]
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(?!\$)(.+?)\$", re.DOTALL)


def read_handout(stage: Stage) -> str:
    """Return the text of a stage's handout."""
    return (stage_folder(KIT, stage) / "README.md").read_text(encoding="utf-8")


def section(handout: str, title: str) -> str:
    """Return what stands under one heading of the second level."""
    _, _, rest = handout.partition(f"\n## {title}\n")
    return rest.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of all table rows in a text, without the lines under the headers."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-:")]


def without_code(handout: str) -> str:
    """Return a handout without its code blocks and code spans."""
    text = re.sub(r"^ *```.*?^ *```", "", handout, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]+`", "", text)


@pytest.fixture(params=STAGES, ids=lambda stage: stage.name)
def stage(request: pytest.FixtureRequest) -> Stage:
    """Give each stage that has a handout of this kind."""
    return request.param


def test_first_stages_are_there() -> None:
    names = [stage.name for stage in STAGES]
    assert names == [
        "perceptron",
        "nearest_neighbors",
        "linear_svm",
        "two_layer_net",
        "convnet",
        "deep_training",
        "generative",
    ]


def test_tasks_are_the_functions_with_their_points(stage: Stage) -> None:
    header, *tasks, total = rows(section(read_handout(stage), "Your tasks"))
    assert header == ["Function", "What it returns", "Points"]
    found = [(re.match(r"`(\w+)\(", row[0])[1], float(row[2])) for row in tasks]
    assert found == [(function.name, function.points) for function in stage.functions]
    assert total[0] == "**Total**"
    assert float(total[2].strip("*")) == stage.max_points


def test_opening_counts_functions_and_points(stage: Stage) -> None:
    count, points = len(stage.functions), int(stage.max_points)
    expected = f"You write {count} functions in `{stage.name}.py`, for {points} points."
    assert expected in read_handout(stage)


def test_sections_are_there_in_order(stage: Stage) -> None:
    handout = read_handout(stage)
    assert handout.startswith(f"# Stage {stage.number}: {stage.title}\n")
    assert re.findall(r"^## (.+)$", handout, flags=re.MULTILINE) == SECTIONS


def test_commands_name_the_stage(stage: Stage) -> None:
    handout = read_handout(stage)
    assert f"autograder check {stage.name}\n" in handout
    assert f"autograder train {stage.name} " in handout
    only = re.findall(r"autograder check (\w+) --only (\w+)", handout)
    assert only
    for name, function in only:
        assert name == stage.name
        stage.function(function)


def test_julia_table_has_the_phrases_that_every_stage_needs(stage: Stage) -> None:
    header, *phrases = rows(section(read_handout(stage), "From Julia to NumPy"))
    assert header == ["In Julia", "In Python with NumPy", "Mind"]
    assert all(len(row) == 3 and row[0] and row[1] for row in phrases)
    julia = " ".join(row[0] for row in phrases)
    for phrase in ["x[1]", "X[:, 1]", "1:n", "size(", "A * B", "A .* B", "max.(0, X)", "X'"]:
        assert phrase in julia, phrase


def test_questions_are_two_to_four(stage: Stage) -> None:
    questions = re.findall(r"^\d\. ", section(read_handout(stage), "Questions"), re.MULTILINE)
    assert 2 <= len(questions) <= 4


def test_relative_links_lead_somewhere(stage: Stage) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", without_code(read_handout(stage)))
    relative = [link.partition("#")[0] for link in links if "://" not in link]
    assert "stage.toml" in relative
    for link in relative:
        assert not link or (stage_folder(KIT, stage) / link).exists(), link


def test_formulae_survive_github(stage: Stage) -> None:
    # GitHub's Markdown takes a backslash before punctuation away before the formula is drawn
    formulae = [a or b for a, b in FORMULA.findall(without_code(read_handout(stage)))]
    assert formulae
    for formula in formulae:
        assert not re.search(r"\\[^A-Za-z]", formula), formula
        assert formula.count("{") == formula.count("}"), formula
        assert "<" not in formula, formula
        assert ">" not in formula, formula
        assert "*" not in formula, formula
        assert "\n" not in formula, formula


def test_hints_are_two_to_four_sentences_of_words(stage: Stage) -> None:
    for function in stage.functions:
        assert 2 <= len(function.hints) <= 4, function.name
        for hint in function.hints:
            assert "\n" not in hint
            assert "return " not in hint, f"{function.name}: a hint is no code"
