"""Read a TOML file as a model; a mistake in it is one sentence that names the key."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.errors import UserError
from autograder.printable import one_line
from autograder.toml_words import expected, found


class Table(BaseModel):
    """A table of the file: an unknown key is a mistake, not a wish.

    TOML has types, so a text or a truth value is no number. Whole numbers are numbers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Item = TypeVar("Item")
List = Annotated[tuple[Item, ...], Field(strict=False)]  # TOML's lists, as tuples

T = TypeVar("T", bound=Table)


def read_toml(path: Path, model: type[T], context: Mapping[str, Any] | None = None) -> T:
    """Read and validate a file; whatever is wrong with it is a UserError.

    Parameters
    ----------
    path : Path
        The file.
    model : type of Table
        What it should hold.
    context : mapping, optional
        What the model's validators know besides.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors put a byte order mark first
        return model.model_validate(tomllib.loads(text), context=context)
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise UserError(f"{path}: {_first_mistake(error, path.name)}.") from None


def _first_mistake(error: ValidationError, name: str) -> str:
    # A key that isn't known comes first: most often it is one that is missing, mistyped.
    mistake = min(error.errors(include_url=False), key=lambda m: m["type"] != "extra_forbidden")
    of_key = mistake["loc"][-1:] == ("[key]",)  # not of the value behind it
    key = ""
    for part in mistake["loc"][:-1] if of_key else mistake["loc"]:
        key += f"[{part}]" if isinstance(part, int) else f".{part}"
    text = expected(mistake)
    if mistake["type"] == "extra_forbidden":
        text = f"is not a key of {name}"
    elif mistake["type"] == "missing":
        text = "is missing"
    elif mistake["loc"] and not of_key and not _is_of_keys(mistake):
        text += f", found {found(mistake['input'])}"
    return one_line(f"{key.removeprefix('.')}: {text}" if key else text)


def _is_of_keys(mistake: Mapping[str, Any]) -> bool:
    """Whether the keys of a table don't fit together; then it is named, not shown."""
    return isinstance(mistake["input"], dict) and mistake["type"] == "value_error"
