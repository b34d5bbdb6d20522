"""Run the attacks and print what came of each: `python -m tests.attacks.run [NAME…]`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.attacks.arena import Verdict, judge
from tests.attacks.manifest import Attack, read_attacks


def main() -> None:
    """Print the table; exit 1 if any attack has another outcome than it must have."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--isolation", choices=("strict", "process"), default="process")
    parser.add_argument("names", nargs="*", help="attacks or groups; by default all")
    options = parser.parse_args()
    attacks = [
        attack
        for attack in read_attacks()
        if not options.names or {attack.name, attack.group} & set(options.names)
    ]
    unknown = {*options.names} - {part for a in attacks for part in (a.name, a.group)}
    if unknown:
        sys.exit(f"There is no attack or group {', '.join(sorted(unknown))}.")
    print(f"{'attack':32} {'required':34} {'got':34} seconds")
    failed = 0
    for attack in attacks:
        failed += _show(attack, options.isolation)
    print(f"{len(attacks)} attacks, {failed} with another outcome than required")
    sys.exit(1 if failed else 0)


def _show(attack: Attack, isolation: str) -> bool:
    """Run one attack and print its line; tell whether it fails."""
    required = _summary(attack.status, attack.right)
    if attack.needs == "strict" and isolation != "strict":
        print(f"{attack.name:32} {required:34} {'not run: needs strict isolation':34}")
        return False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (verdict,) = judge([attack], Path(folder), isolation)
    got = _summary(verdict.status, verdict.points)
    print(f"{attack.name:32} {required:34} {got:34} {verdict.seconds:7.1f}", flush=True)
    return _complain(verdict)


def _summary(status: str, right: object) -> str:
    names = ", ".join(right) if isinstance(right, tuple | dict) else ""
    return f"{status}, points for {names or 'nothing'}"


def _complain(verdict: Verdict) -> bool:
    for problem in verdict.problems:
        print(f"    {problem}")
    if verdict.attack.open:
        print(f"    known: {verdict.attack.open}")
    return bool(verdict.problems) and not verdict.attack.open


if __name__ == "__main__":
    main()
