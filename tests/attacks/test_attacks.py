"""Each attack has the outcome that attacks.toml requires, and harms nobody."""

import functools

import pytest

from tests.attacks.arena import Verdict, accepts, judge
from tests.attacks.manifest import SUBMISSIONS, Attack, read_attacks

ATTACKS = read_attacks()


@functools.cache
def _strict_is_there(factory: pytest.TempPathFactory) -> bool:
    return accepts("strict", factory.mktemp("probe"))


@functools.cache
def _verdicts(
    names: tuple[str, ...], isolation: str, factory: pytest.TempPathFactory
) -> dict[str, Verdict]:
    attacks = [attack for attack in ATTACKS if attack.name in names]
    verdicts = judge(attacks, factory.mktemp("attacks"), isolation)
    return {verdict.attack.name: verdict for verdict in verdicts}


def _verdict(attack: Attack, isolation: str, factory: pytest.TempPathFactory) -> Verdict:
    """Judge an attack: the quick ones of a group in one class, which saves starting the command."""
    together = [
        other.name
        for other in ATTACKS
        if (other.group, other.needs, other.slow) == (attack.group, attack.needs, False)
    ]
    names = (attack.name,) if attack.slow else tuple(together)
    return _verdicts(names, isolation, factory)[attack.name]


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
def test_process_isolation_holds(attack, tmp_path_factory):
    assert _verdict(attack, "process", tmp_path_factory).problems == []


@pytest.mark.parametrize("attack", _cases("strict"))
def test_strict_isolation_holds(attack, tmp_path_factory):
    if not _strict_is_there(tmp_path_factory):
        pytest.skip("this kit or this machine has no --isolation strict")
    assert _verdict(attack, "strict", tmp_path_factory).problems == []


def test_every_submission_is_listed():
    listed = {f"{attack.group}/{attack.name}" for attack in ATTACKS if not attack.make}
    found = {
        f"{path.parent.name}/{path.stem}"
        for path in SUBMISSIONS.glob("*/*")
        if path.parent.name != "shared"
    }
    assert found == listed
    assert len(ATTACKS) >= 60
