"""What a wrong answer looks like, in numbers few enough to be kept in a report."""

from pydantic import BaseModel, ConfigDict


class _Numbers(BaseModel):
    """NaN and infinities, which JSON has no numbers for, are written as strings."""

    model_config = ConfigDict(extra="forbid", ser_json_inf_nan="strings")


class Difference(_Numbers):
    """One entry that is wrong.

    Attributes
    ----------
    index : list of int
        Its place; a number alone has an empty one.
    expected, got : float
        The two values.
    """

    index: list[int]
    expected: float
    got: float


class Excerpt(_Numbers):
    """Part of an array, laid out in rows and columns.

    Attributes
    ----------
    shape : list of int
        Of the whole array.
    row, column : int
        Where the part begins in the table of the whole array.
    values : list of list of float
        The part's rows.
    """

    shape: list[int]
    row: int
    column: int
    values: list[list[float]]


class Curves(_Numbers):
    """Losses of a training, at some of its steps; the lengths of the two may differ.

    Attributes
    ----------
    stride : int
        Steps from one value to the next.
    expected, got : list of float
        The losses.
    lengths : tuple of int
        How many steps each training took.
    parted : int or None
        The first step at which they differ.
    """

    stride: int
    expected: list[float]
    got: list[float]
    lengths: tuple[int, int]
    parted: int | None = None


class Evidence(_Numbers):
    """What a check that fails on public inputs has called, expected and got.

    Attributes
    ----------
    check : str
        Its id.
    call : str
        The call, with its small arguments.
    name : str
        What the message calls the value.
    first : Difference or None
        Where they part first, if the shapes agree.
    differing, size : int
        How many entries differ, of how many.
    expected, got : Excerpt or None
        The part of both arrays around the first difference.
    wrong : list of tuple of int
        Rows and columns of the excerpt that differ.
    slopes : list of tuple of float
        Of a gradient, entries expected and got.
    brief : bool
        Whether only the first difference is kept, since another check shows what is wrong.
    curves : Curves or None
        In place of tables, where the arrays are the losses of a training.
    """

    check: str
    call: str
    name: str
    brief: bool = False
    first: Difference | None = None
    differing: int = 0
    size: int = 0
    expected: Excerpt | None = None
    got: Excerpt | None = None
    wrong: list[tuple[int, int]] = []
    slopes: list[tuple[float, float]] = []
    curves: Curves | None = None


class Image(_Numbers):
    """A small image in few shades.

    Attributes
    ----------
    title : str
        What it is.
    width : int
        Pixels in a row.
    pixels : str
        A digit for each: 0 (paper) to 4 (ink), or, in a signed image, 0 (negative) over 4 (none)
        to 8 (positive).
    """

    title: str
    width: int
    pixels: str


class Gallery(_Numbers):
    """What a function has learnt from the kit's real images, and which others it misreads.

    Attributes
    ----------
    learnt : str
        What the templates are.
    templates : list of Image
        Signed.
    read : str
        How many images it was asked to read, and how many it misreads.
    misread : list of Image
        Some of these.
    """

    learnt: str = ""
    templates: list[Image] = []
    read: str = ""
    misread: list[Image] = []
