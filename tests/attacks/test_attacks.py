"""Each attack has the outcome that attacks.toml requires, and harms nobody."""

import functools

import pytest

from tests.attacks.arena import accepts, judge
from tests.attacks.manifest import SUBMISSIONS, Attack, read_attacks

ATTACKS = read_attacks()


@pytest.fixture(scope="session")
def problems_of(tmp_path_factory):
    """Judge an attack: the quick ones of a group in one class, which saves starting the command."""

    @functools.cache
    def judged(names: tuple[str, ...], isolation: str) -> dict[str, list[str]]:
        attacks = [attack for attack in ATTACKS if attack.name in names]
        verdicts = judge(attacks, tmp_path_factory.mktemp("attacks"), isolation)
        return {verdict.attack.name: verdict.problems for verdict in verdicts}

    def problems(attack: Attack, isolation: str) -> list[str]:
        together = tuple(
            other.name
            for other in ATTACKS
            if (other.group, other.needs, other.slow) == (attack.group, attack.needs, False)
        )
        names = (attack.name,) if attack.slow else together
        return judged(names, isolation)[attack.name]

    return problems


@pytest.fixture(scope="session")
def strict(tmp_path_factory):
    """Skip where there is no strict isolation."""
    if not accepts("strict", tmp_path_factory.mktemp("probe")):
        pytest.skip("this kit or this machine has no --isolation strict")
    return "strict"


def _cases(isolation: str) -> list:
    """Strict isolation must hold against all; where it is not needed, that is checked slowly."""
    cases = []
    for attack in ATTACKS:
        if isolation == "process" and attack.needs == "strict":
            continue
        marks = [pytest.mark.xdist_group(f"attacks-{attack.group}-{isolation}")]
        if attack.slow or (isolation == "strict" and not attack.needs):
            marks.append(pytest.mark.slow)
        if attack.open:
            marks.append(pytest.mark.xfail(reason=attack.open))
        cases.append(pytest.param(attack, id=attack.name, marks=marks))
    return cases


@pytest.mark.parametrize("attack", _cases("process"))
def test_process_isolation_holds(attack, problems_of):
    assert problems_of(attack, "process") == []


@pytest.mark.parametrize("attack", _cases("strict"))
def test_strict_isolation_holds(attack, problems_of, strict):
    assert problems_of(attack, strict) == []


def test_every_submission_is_listed():
    listed = {f"{attack.group}/{attack.name}" for attack in ATTACKS if not attack.make}
    found = {
        f"{path.parent.name}/{path.stem}"
        for path in SUBMISSIONS.glob("*/*")
        if path.parent.name != "shared"
    }
    assert found == listed
    assert len(ATTACKS) >= 60
