"""Read a class list: a CSV whose columns are known by their names."""

from pathlib import Path

from autograder.errors import UserError
from autograder.export.people import Person
from autograder.export.sheets import Sheet, quoted, read_sheet
from autograder.submission.names import folded

# Names without case, spaces, `_`, `-` and `.`.
HEADERS = {
    "name": ("name", "fullname", "student", "studentname", "displayname"),
    "first": ("firstname", "givenname", "forename"),
    "last": ("lastname", "surname", "familyname"),
    "id": ("id", "sid", "studentid", "idnumber", "sisuserid", "sisid", "matriculationnumber"),
    "login": ("login", "loginid", "sisloginid", "username", "user"),
    "email": ("email", "emailaddress", "mail"),
    "number": ("canvasid", "canvasuserid", "participant", "identifier"),
}


def read_roster(path: Path) -> list[Person]:
    """Read the people of a class list.

    Parameters
    ----------
    path : Path
        A CSV with at least one of the columns name (or first name and last name), id, login, email.

    Returns
    -------
    list of Person
        One a row; rows in which none of these columns says anything are left out.

    Raises
    ------
    UserError
        If it can't be read, or has none or two of a column.
    """
    sheet = read_sheet(path)
    columns = columns_of(sheet, path)
    if not columns:
        raise UserError(
            f"{path} has the columns {quoted(sheet.header)}: expected some of name, first name, "
            "last name, id, login, email."
        )
    people = people_of(sheet.rows, columns)
    return [person for person in people if person.title]


def columns_of(sheet: Sheet, path: Path) -> dict[str, int]:
    """Return what is known of people -> its column, by the names of columns."""
    columns: dict[str, int] = {}
    for place, header in enumerate(sheet.header):
        plain = "".join(c for c in folded(header) if c.isalnum())
        for kind, names in HEADERS.items():
            if plain in names:
                if kind in columns:
                    two = quoted([sheet.header[columns[kind]], header])
                    raise UserError(f"{path} has two columns for the {kind}, {two}: remove one.")
                columns[kind] = place
    return columns


def people_of(rows: list[list[str]], columns: dict[str, int]) -> list[Person]:
    """Return one person for each row."""
    people = []
    for row in rows:
        texts = {kind: row[place].strip() for kind, place in columns.items()}
        parts = [texts.get("first", ""), texts.get("last", "")]
        texts["name"] = texts.get("name") or " ".join(part for part in parts if part)
        people.append(Person(**texts))
    return people
