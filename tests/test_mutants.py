"""The proof that the checks check, by machine: every mutant that is not equivalent is caught."""

import tomllib

import pytest

from tests.mistakes import CLOSED, KIT
from tests.mutants import mutants, survives

STAGES = [stage.name for stage in CLOSED]
EQUIVALENT = tomllib.loads((KIT / "docs" / "equivalent_mutants.toml").read_text("utf-8"))
FUNCTIONS = [
    (stage, name) for stage in STAGES for name in dict.fromkeys(m.function for m in mutants(stage))
]


@pytest.mark.slow
@pytest.mark.parametrize(("stage", "function"), FUNCTIONS, ids=[name for _, name in FUNCTIONS])
def test_only_equivalent_mutants_survive(stage: str, function: str):
    own = [mutant for mutant in mutants(stage) if mutant.function == function]
    listed = {name for name in EQUIVALENT.get(stage, {}) if name.startswith(f"{function}: ")}
    assert {mutant.id for mutant in own if survives(mutant)} == listed


def test_each_stage_has_many_mutants_and_their_names_are_unique():
    for stage in STAGES:
        names = [mutant.id for mutant in mutants(stage)]
        assert len(names) == len(set(names)) > 50
        assert EQUIVALENT.get(stage, {}).keys() <= set(names)
