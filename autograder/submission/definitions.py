"""Judge which top-level statements of a notebook define something that functions may need."""

import ast
import builtins
import re
import sys
from collections.abc import Iterable, Iterator

_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))
# Calls that only make a value; of a module its functions count too.
_PURE_CALLS = frozenset(
    (
        *("bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "set", "slice"),
        *("str", "tuple", "abs", "enumerate", "len", "max", "min", "pow", "range", "reversed"),
        *("round", "sorted", "sum", "zip"),
    )
)
_PURE_MODULES = frozenset(
    (
        *("cmath", "collections", "decimal", "enum", "fractions", "functools", "itertools"),
        *("math", "numpy", "operator", "string", "types", "typing"),
    )
)
_FILE_CALLS = re.compile(
    r"load|save|open|fromfile|fromregex|genfromtxt|memmap|tofile|dump|DataSource"
)
_VALUES = (
    ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare,
    ast.IfExp, ast.Subscript, ast.Slice, ast.Starred, ast.JoinedStr, ast.FormattedValue,
)  # fmt: skip
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Definitions:
    """The names that the statements taken so far define.

    Attributes
    ----------
    used : set of str
        All names that the statements taken so far mention, imports apart.
    """

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._names: set[str] = set()
        self._pure: set[str] = set()
        self._constants: set[str] = set()
        self._star = False

    def take(self, statement: ast.stmt) -> bool:
        """Judge one statement; if it is to be kept, remember what it defines."""
        if not self._wanted(statement):
            return False
        self._define(statement)
        self.used |= {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        return True

    def missing(self, statement: ast.stmt) -> list[str]:
        """Return the undefined names that making a function or class needs; of others, none."""
        if self._star or not isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
            return []
        return sorted(
            {
                name
                for name in _needed_at_once(statement)
                if not (self._is_defined(name) or name.startswith("__"))
            }
        )

    def _wanted(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Pass():
                return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return not self.missing(statement)
            case ast.Assign(targets=targets, value=value):
                return all(map(self._is_target, targets)) and self._is_value(value)
            case ast.AnnAssign(target=ast.Name(), annotation=annotation, value=value):
                return self._is_value(annotation) and (value is None or self._is_value(value))
            case ast.AugAssign(target=target, value=value):
                return self._is_constant(target) and self._is_value(value)
            case ast.If(test=test, body=body, orelse=orelse):
                return self._is_value(test) and self._all_wanted(body + orelse)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                handled = [inner for handler in handlers for inner in handler.body]
                return self._all_wanted(body + handled + orelse + final)
        return False

    def _all_wanted(self, block: list[ast.stmt]) -> bool:
        """Judge a block: it is kept whole or not at all."""
        before = set(self._names), set(self._pure), set(self._constants), self._star
        for statement in block:
            if not self._wanted(statement):
                self._names, self._pure, self._constants, self._star = before
                return False
            self._define(statement)
        return True

    def _define(self, statement: ast.stmt) -> None:
        names = set(_bound(statement))
        self._names |= names
        self._pure -= names
        self._constants -= names
        match statement:
            case ast.Import(names=aliases):
                pure = {bound_by(a) for a in aliases if _top(a.name) in _PURE_MODULES}
                self._pure |= pure
            case ast.ImportFrom(module=module, names=aliases, level=0):
                if _top(module or "") in _PURE_MODULES:
                    self._pure |= {bound_by(a) for a in aliases if not _FILE_CALLS.match(a.name)}
                self._star = self._star or any(a.name == "*" for a in aliases)
            case ast.ImportFrom(names=aliases):
                self._star = self._star or any(a.name == "*" for a in aliases)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._constants |= names

    def _is_defined(self, name: str) -> bool:
        return name in self._names or name in _BUILTINS

    def _is_target(self, target: ast.expr) -> bool:
        """Tell whether a target is a name, several, or an item of a constant."""
        match target:
            case ast.Name():
                return True
            case ast.Starred(value=inner):
                return self._is_target(inner)
            case ast.Tuple(elts=inner) | ast.List(elts=inner):
                return all(map(self._is_target, inner))
        return self._is_constant(target)

    def _is_constant(self, target: ast.expr) -> bool:
        match target:
            case ast.Name(id=name):
                return name in self._constants
            case ast.Subscript(value=inner, slice=index):
                return self._is_constant(inner) and self._is_value(index)
        return False

    def _is_value(self, node: ast.AST, local: frozenset[str] = frozenset()) -> bool:
        """Tell whether an expression is built from literals, from what is defined, and purely."""
        match node:
            case ast.Constant():
                return True
            case ast.Name(id=name):
                return name in local or self._is_defined(name)
            case ast.Attribute(value=value):
                return self._is_value(value, local)
            case ast.Lambda(args=arguments):
                defaults = [*arguments.defaults, *filter(None, arguments.kw_defaults)]
                return all(self._is_value(default, local) for default in defaults)
            case ast.Call(func=func, args=args, keywords=keywords):
                parts = [*args, *(keyword.value for keyword in keywords)]
                return self._is_pure(func, local) and all(self._is_value(p, local) for p in parts)
        if isinstance(node, _COMPREHENSIONS):
            return self._is_comprehension(node, local)
        if isinstance(node, _VALUES):
            parts_ = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
            return all(self._is_value(part, local) for part in parts_)
        return False

    def _is_comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
        local: frozenset[str],
    ) -> bool:
        for loop in node.generators:
            if loop.is_async or not self._is_value(loop.iter, local):
                return False
            local |= {name.id for name in ast.walk(loop.target) if isinstance(name, ast.Name)}
            if not all(self._is_value(test, local) for test in loop.ifs):
                return False
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return all(self._is_value(part, local) for part in parts)

    def _is_pure(self, func: ast.expr, local: frozenset[str]) -> bool:
        """Tell whether a call of this is one of NumPy or the like that touches no file."""
        match func:
            case ast.Name(id=name):
                mine = name in self._names or name in local
                return name in self._pure if mine else name in _PURE_CALLS
            case ast.Attribute(value=value, attr=attribute):
                return not _FILE_CALLS.match(attribute) and self._is_pure_root(value, local)
        return False

    def _is_pure_root(self, node: ast.expr, local: frozenset[str]) -> bool:
        match node:
            case ast.Name(id=name):
                return name in self._pure and name not in local
            case ast.Attribute(value=value, attr=attribute):
                return not _FILE_CALLS.match(attribute) and self._is_pure_root(value, local)
            case ast.Subscript(value=value, slice=index):
                return self._is_pure_root(value, local) and self._is_value(index, local)
            case ast.Call(func=ast.Attribute()):
                return self._is_value(node, local)
        return False


def bound_by(alias: ast.alias) -> str:
    """Return the name that one part of an import binds."""
    return alias.asname or _top(alias.name)


def needed_part(statement: ast.Import | ast.ImportFrom, used: set[str]) -> ast.stmt | None:
    """Return an import without what no kept statement uses and may not be installed.

    Returns
    -------
    ast.stmt or None
        The statement itself if all of it is kept, a shorter one, or None if nothing is left.
    """
    if isinstance(statement, ast.ImportFrom):
        known = [statement.level == 0 and _comes_along(statement.module or "")]
        known *= len(statement.names)
    else:
        known = [_comes_along(alias.name) for alias in statement.names]
    names = [
        alias
        for alias, is_known in zip(statement.names, known, strict=True)
        if is_known or alias.name == "*" or bound_by(alias) in used
    ]
    if len(names) == len(statement.names):
        return statement
    if not names:
        return None
    if isinstance(statement, ast.Import):
        return ast.Import(names)
    return ast.ImportFrom(statement.module, names, statement.level)


def _comes_along(module: str) -> bool:
    return _top(module) == "numpy" or _top(module) in sys.stdlib_module_names


def _top(module: str) -> str:
    return module.partition(".")[0]


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds at the top level."""
    if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from map(bound_by, statement.names)
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            yield from (
                node.id
                for node in ast.walk(target)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            )


def _needed_at_once(statement: Function | ast.ClassDef) -> Iterator[str]:
    """Yield the names that a definition looks up when it is made, not when it is called."""
    yield from _names_in(statement.decorator_list)
    if isinstance(statement, _FUNCTIONS):
        a = statement.args
        arguments = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
        annotations = [argument.annotation for argument in arguments]
        values = [*a.defaults, *a.kw_defaults, *annotations, statement.returns]
        yield from _names_in(value for value in values if value)
        return
    yield from _names_in([*statement.bases, *(keyword.value for keyword in statement.keywords)])
    own = {name for inner in statement.body for name in _bound(inner)}
    for inner in statement.body:
        if isinstance(inner, (*_FUNCTIONS, ast.ClassDef)):
            yield from (name for name in _needed_at_once(inner) if name not in own)
        elif not any(isinstance(node, _FUNCTIONS) for node in ast.walk(inner)):
            yield from (name for name in _names_in([inner]) if name not in own)


def _names_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        inner = list(ast.walk(node))
        bound = {n.id for n in inner if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        if not any(isinstance(n, ast.Lambda) for n in inner):
            yield from (n.id for n in inner if isinstance(n, ast.Name) and n.id not in bound)
