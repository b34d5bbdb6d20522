"""The reference of file formats, from the models that read and write them."""

import importlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from autograder.reports.grades import FIXED
from docs.generate.cells import cell

MODELLED = re.compile(r"import .*\b(?:BaseModel|Table)\b")
FILE = re.compile(r"[\w<>/]+\.(?:json|toml)")  # as a model's docstring names the file it describes
NOTE = re.compile(r"^(\w[\w, ]*) : .*\n((?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)

TOP = """# Formats

The files that are read and written, made of the models in the code that do so. Later versions may
add keys; what is here stays as it is.
"""
GRADES = """## `grades.csv`

A row for each student and stage, sorted by student and then by stage: UTF-8, commas, CRLF, quotes
as in RFC 4180. The columns are `{fixed}`, and then one for each function of the stages, blank in
the rows of other stages. A cell that a spreadsheet would run as a formula has an apostrophe in
front.
"""


def formats_page(kit: Path) -> str:
    """Return the page: every file format, its keys, types, defaults and what they mean."""
    parts = [TOP]
    for file, model in models(kit):
        parts.append(_section(file, model))
    parts.append(GRADES.format(fixed=",".join(FIXED)))
    return "\n".join(parts)


def models(kit: Path) -> list[tuple[str, type[BaseModel]]]:
    """Find each model whose docstring begins with a sentence that names a file, by that file."""
    found = {}
    for path in sorted(kit.glob("autograder/**/*.py")):
        if not MODELLED.search(path.read_text("utf-8")):
            continue
        name = ".".join(path.relative_to(kit).with_suffix("").parts)
        for value in vars(importlib.import_module(name)).values():
            if (
                isinstance(value, type)
                and issubclass(value, BaseModel)
                and value.__module__ == name
            ):
                file = FILE.search((value.__doc__ or "").partition("\n")[0])
                if file:
                    found[file[0]] = value
    return sorted(found.items())


def _section(file: str, model: type[BaseModel]) -> str:
    lines = [f"## `{file}`", ""]
    for part in _with_parts(model):
        if part is not model:
            lines += [f"### `{part.__name__}` in `{file}`", ""]
        lines += [_sentence(part), "", "| key | type | default | |", "|---|---|---|---|"]
        lines += [_row(part, name) for name in part.model_fields]
        lines.append("")
    return "\n".join(lines)


def _with_parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Give a model, then those of its keys' values, each once."""
    found = [model]
    for part in found:  # which grows meanwhile
        for field in part.model_fields.values():
            found += [one for one in _models_in(field.annotation) if one not in found]
    yield from found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


def _row(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    key = field.alias or name
    schema = model.model_json_schema(by_alias=True)["properties"][key]
    default = "needed" if field.is_required() else f"`{_default(field)}`"
    return f"| `{key}` | {_type(schema)} | {default} | {notes(model).get(key, '')} |"


def _default(field: Any) -> str:
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "{}"
    return json.dumps(value, default=list)


def _type(schema: dict[str, Any]) -> str:
    """Say in words what a part of a JSON Schema asks for."""
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "$ref" in schema or "allOf" in schema:
        reference = schema.get("$ref") or schema["allOf"][0]["$ref"]
        return reference.rpartition("/")[2]
    kind = schema.get("type", "anything")
    if "prefixItems" in schema:
        return f"list of {', '.join(_type(one) for one in schema['prefixItems'])}"
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"table of {_type(schema['additionalProperties'])}"
    bounds = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    limits = [f"{sign} {schema[word]:g}" for word, sign in bounds.items() if word in schema]
    return " ".join(
        [{"object": "table", "string": "text"}.get(kind, kind), ", ".join(limits)]
    ).strip()


def notes(model: type[BaseModel]) -> dict[str, str]:
    """Return what the docstring's section "Attributes" says of each key."""
    _, _, section = inspect.cleandoc(model.__doc__ or "").partition("Attributes\n----------\n")
    return {
        name.strip(): cell(text)
        for names, text in NOTE.findall(f"{section}\n")
        for name in names.split(",")
    }


def _sentence(model: type[BaseModel]) -> str:
    return cell(inspect.cleandoc(model.__doc__ or "").partition("\n\n")[0])
