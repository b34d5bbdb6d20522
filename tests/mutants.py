"""Mutants of the reference solutions: each changed in one place by a rule, and which are caught.

Run by hand: ``python -m tests.mutants STAGE [FUNCTION]`` prints those that keep full points.
"""

import ast
import copy
import functools
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from autograder.checks.collect import PUBLIC_SEED, StageCheck, collect
from autograder.checks.compare import CheckFailed
from autograder.expected import Reference
from autograder.grading import StudentCalls
from autograder.sandbox.student import CallFailed, Student
from autograder.stage import Stage, find_stage
from tests.launch import warm
from tests.mistakes import KIT

OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Div],
    ast.Pow: [ast.Mult],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
}
NAMES = {
    "maximum": ["minimum"],
    "max": ["min"],
    "argmax": ["argmin"],
    "argmin": ["argmax"],
    "sum": ["mean"],
    "mean": ["sum"],
    "zeros": ["ones"],
    "ones": ["zeros"],
    "abs": ["positive"],
    "sqrt": ["abs"],
    "hstack": ["vstack"],
}


@dataclass(frozen=True)
class Mutant:
    """The reference with one place of one function changed.

    Attributes
    ----------
    id : str
        ``function: old -> new``, with a number where that occurs again.
    """

    id: str
    function: str
    stage: str
    source: str


def mutants(stage: str) -> Iterator[Mutant]:
    """Make every mutant of a stage's reference, each once."""
    reference = (KIT / "solutions" / f"{stage}.py").read_text("utf-8")
    seen: dict[str, int] = {}
    for function in ast.parse(reference).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        for old, new, changed in _changes(function):
            name = f"{function.name}: {old} -> {new}"
            seen[name] = seen.get(name, 0) + 1
            suffix = f" ({seen[name]})" if seen[name] > 1 else ""
            source = f"{reference}\n\n{ast.unparse(changed)}\n"
            yield Mutant(name + suffix, function.name, stage, source)


@functools.cache
def _checks(stage: str) -> tuple[Stage, list[StageCheck], Reference]:
    found = find_stage(KIT, stage)
    return found, collect(found), Reference(KIT, found)


def survives(mutant: Mutant) -> bool:
    """Run the checks of a mutant's function in the sandbox; tell whether all pass."""
    stage, checks, reference = _checks(mutant.stage)
    student = Student({f"{mutant.stage}.py": mutant.source.encode()}, stage, warm())
    try:
        for check in checks:
            if check.function == mutant.function:
                for seed in (PUBLIC_SEED, "mutants"):
                    check.run(StudentCalls(student), reference, seed)
    except (CheckFailed, CallFailed, TypeError, ValueError, LookupError, AttributeError):
        return False
    finally:
        student.close()
    return True


def _changes(function: ast.FunctionDef) -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Yield (old text, new text, changed function) for each place and rule."""
    nodes = list(_judged(function))
    for number, node in enumerate(nodes):
        for replacement in _replacements(node):
            changed = copy.deepcopy(function)
            twin = list(_judged(changed))[number]
            _replace(changed, twin, replacement)
            yield _short(node), _short(replacement), ast.fix_missing_locations(changed)


def _judged(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Walk a function without its docstring and without guards, which students need not have."""
    queue: list[ast.AST] = [*function.args.defaults, *function.body[1:]]
    while queue:
        node = queue.pop(0)
        if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
            continue
        yield node
        queue[:0] = list(ast.iter_child_nodes(node))


def _replacements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), []):
            yield ast.BinOp(node.left, operator(), node.right)
    elif isinstance(node, ast.Compare):
        for operator in OPERATORS.get(type(node.ops[0]), []):
            yield ast.Compare(node.left, [operator(), *node.ops[1:]], node.comparators)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        yield ast.Pass()
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        yield ast.Pass()
    elif isinstance(node, ast.Constant):
        yield from _constants(node.value)
    elif isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield node.value
        for name in NAMES.get(node.attr, []):
            yield ast.Attribute(node.value, name, node.ctx)
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("copy", "astype"):
            yield node.func.value
    elif isinstance(node, ast.keyword):
        pass


def _constants(value: object) -> Iterator[ast.Constant]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        if value > 0:
            yield ast.Constant(value - 1)
    elif isinstance(value, float):
        yield ast.Constant(value * 2 if value else 1.0)


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                value[[item is old for item in value].index(True)] = new
                return


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())[:70]


def main(stage: str, function: str = "") -> None:
    """Print the mutants that keep full points."""
    chosen = [mutant for mutant in mutants(stage) if function in ("", mutant.function)]
    survivors = 0
    with ProcessPoolExecutor(2) as pool:
        for mutant, alive in zip(chosen, pool.map(survives, chosen), strict=True):
            if alive:
                survivors += 1
                print(mutant.id, flush=True)
    print(f"{stage}: {len(chosen)} mutants, {len(chosen) - survivors} caught")


if __name__ == "__main__":
    main(*sys.argv[1:])
