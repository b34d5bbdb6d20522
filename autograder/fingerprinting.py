"""Write down, for the public inputs, what a student's bundle needs of the instructor's files."""

from typing import Any

from autograder.checks.call import Call, call_key
from autograder.checks.collect import PUBLIC_SEED, collect
from autograder.diagnosis import Diagnosis
from autograder.expected import Reference
from autograder.fingerprints import Fingerprints
from autograder.mistakes import KnownMistake
from autograder.probes import RightStudent
from autograder.sandbox.student import CallFailed
from autograder.signature import Signature
from autograder.stage import Stage


def fingerprints(stage: Stage, reference: Reference) -> Fingerprints:
    """Collect all that the checks and the diagnosis of a stage ask for with the public seed."""
    writer = _Writer(reference)
    student = RightStudent(writer)
    for check in collect(stage):
        check.run(student, writer, PUBLIC_SEED)
    diagnosis = Diagnosis(stage, writer)
    for function in dict.fromkeys(check.function for check in collect(stage)):
        diagnosis.foresee(function)
    return writer.prints


class _Writer:
    """The reference, and a record of all that it is asked."""

    live = False

    def __init__(self, reference: Reference):
        self._reference = reference
        self.prints = Fingerprints()

    def __call__(self, call: Call) -> Any:
        try:
            value = self._reference(call)
        except CallFailed as failure:
            self.prints.raised[call_key(call)] = failure.kinds[0]
            raise
        self.prints.values[call_key(call)] = value
        return value

    def signature(self, call: Call) -> Signature:
        signed = self._reference.signature(call)
        self.prints.right[call_key(call)] = signed
        return signed

    def mistakes(self, function: str) -> list[KnownMistake]:
        known = self._reference.mistakes(function)
        self.prints.known += [mistake for mistake in known if mistake not in self.prints.known]
        return known

    def mistaken(self, mistake: KnownMistake, call: Call) -> Signature:
        signed = self._reference.mistaken(mistake, call)
        self.prints.made.setdefault(mistake.id, {})[call_key(call)] = signed
        return signed
