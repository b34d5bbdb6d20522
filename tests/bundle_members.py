"""All that a student can read in a bundle: files, what is packed in them, and code in any form."""

import ast
import io
import json
import lzma
import marshal
import types
import zipfile
from collections.abc import Iterator
from pathlib import Path

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
PYC_HEADER = 16  # bytes before the code
Bytecode = tuple[bytes, tuple[object, ...], tuple[str, ...]]


def members(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a folder with its content, and each member of what is packed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from unpacked(path.relative_to(folder).as_posix(), path.read_bytes())


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file, and what is packed in it."""
    yield name, content
    if name.endswith(".xz"):
        yield from unpacked(name.removesuffix(".xz"), lzma.decompress(content))
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from unpacked(f"{name}/{inner}", archive.read(inner))


def sources(name: str, content: bytes) -> list[str]:
    """Return the Python in a member: a file's, or that of a notebook's cells."""
    if name.endswith(".py"):
        return [content.decode("utf-8")]
    if name.endswith(".ipynb"):
        cells = json.loads(content)["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        return [text for text in texts if not text.startswith("%")]
    return []


def code_objects(name: str, content: bytes) -> Iterator[types.CodeType]:
    """Yield the code of a member, compiled as it is or compiled now, and all code within it."""
    found = [compile(source, name, "exec", dont_inherit=True) for source in sources(name, content)]
    if name.endswith(".pyc"):
        found.append(marshal.loads(content[PYC_HEADER:]))
    while found:
        code = found.pop()
        yield code
        found += [one for one in code.co_consts if isinstance(one, types.CodeType)]


def bytecode(code: types.CodeType) -> Bytecode:
    """Return what a function does: its instructions, constants and names, but no docstring."""
    consts = [
        bytecode(one) if isinstance(one, types.CodeType) else repr(one)
        for one in code.co_consts
        if not (isinstance(one, str) and "\n" in one)
    ]
    return code.co_code, tuple(consts), code.co_names


def body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """Return the statements of a function without its docstring."""
    return function.body[ast.get_docstring(function, clean=False) is not None :]


def normal(statements: list[ast.stmt]) -> str:
    """Write statements as a syntax tree in which variables are numbered: other names don't hide."""
    numbers: dict[str, str] = {}
    tree = ast.parse(ast.unparse(ast.Module(statements, [])))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = numbers.setdefault(node.id, f"v{len(numbers)}")
        elif isinstance(node, ast.arg):
            node.arg = numbers.setdefault(node.arg, f"v{len(numbers)}")
    return ast.dump(tree)


def functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return all functions in a text, at any depth."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, FUNCTIONS)]


def statements(source: str) -> Iterator[ast.stmt]:
    """Yield the statements of a text at any depth, without definitions and docstrings."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                pass
            case ast.Expr(ast.Constant()):
                pass
            case ast.stmt():
                yield node


def passes_on(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function just returns what another one makes of some variables."""
    match body(function):
        case [ast.Return(ast.Call(ast.Name(), args, []))]:
            return all(isinstance(arg, ast.Name) for arg in args)
    return False
