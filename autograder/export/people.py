"""Who is who: the students of the results, found again in a class list."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from autograder.submission.names import folded, shown

SUREST_FIRST = ("number", "id", "login", "email", "name")


class Person(BaseModel):
    """What is known of somebody; a field is empty if it is not.

    Attributes
    ----------
    number : str
        What the LMS numbers people by: Canvas's user id, Moodle's participant.
    id : str
        The school's: Canvas's SIS User ID, Moodle's ID number, a matriculation number.
    login, email, name : str
        As they stand in the class list.
    first, last : str
        Parts of the name, where the class list tells them apart; nobody is looked up by them.
    """

    model_config = ConfigDict(frozen=True)

    number: str = ""
    id: str = ""
    login: str = ""
    email: str = ""
    name: str = ""
    first: str = ""
    last: str = ""

    @property
    def title(self) -> str:
        """What to call the person in a sentence."""
        texts = [text for text in (self.name, self.login, self.email, self.id, self.number) if text]
        return " ".join(map(shown, texts[:2]))


@dataclass
class Joined:
    """Which student of the results is which person of the class list.

    Attributes
    ----------
    places : dict of str to int
        Student -> place in the class list.
    refused : dict of str to str
        Student -> why there is no telling, or no use in it.
    not_in_list : list of str
        Students that the class list does not have.
    handed_in_nothing : dict of int to str
        Place in the class list -> what to call who stands there, and is not in the results.
    """

    places: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    not_in_list: list[str] = field(default_factory=list)
    handed_in_nothing: dict[int, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether each student is a person of the class list, and the other way round."""
        return not (self.refused or self.not_in_list or self.handed_in_nothing)


def join(students: Mapping[str, Person], people: Sequence[Person]) -> Joined:
    """Find students in a class list.

    Fields are compared one after the other, the surest first. The first in which somebody is equal
    decides; if several people are, or two students are one person, nobody is chosen.

    Parameters
    ----------
    students : mapping of str to Person
        What is known of each student of the results.
    people : sequence of Person
        The class list.

    Returns
    -------
    Joined
        Each student is in one of `places`, `refused` and `not_in_list`.
    """
    joined = Joined()
    index = _index(people)
    found = {student: _find(index, known) for student, known in students.items()}
    claims: dict[int, list[str]] = defaultdict(list)
    for student, places in found.items():
        if len(places) == 1:
            claims[places[0]].append(student)
    for student, places in found.items():
        if not places:
            joined.not_in_list.append(student)
        elif len(places) > 1:
            who = "; ".join(people[place].title for place in places)
            joined.refused[student] = f"fits several in the class list: {who}"
        elif len(rivals := claims[places[0]]) > 1:
            others = ", ".join(shown(rival) for rival in rivals if rival != student)
            joined.refused[student] = f"is {people[places[0]].title}, as is {others}"
        else:
            joined.places[student] = places[0]
    named = {place for places in found.values() for place in places}
    joined.handed_in_nothing = {
        place: person.title for place, person in enumerate(people) if place not in named
    }
    return joined


def _index(people: Sequence[Person]) -> dict[tuple[str, str], list[int]]:
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        for kind, keys in _keys(person).items():
            for key in keys:
                index[kind, key].append(place)
    return index


def _find(index: Mapping[tuple[str, str], list[int]], known: Person) -> list[int]:
    for kind, keys in _keys(known).items():
        if places := {place for key in keys for place in index.get((kind, key), ())}:
            return sorted(places)
    return []


def _keys(person: Person) -> dict[str, set[str]]:
    """Return the forms in which each field is compared: case and accents' encoding don't count."""
    keys = {kind: {_plain(getattr(person, kind))} - {""} for kind in SUREST_FIRST}
    # Canvas's files begin with the name, last part first, without what is no letter or digit.
    keys["short"] = {re.sub(r"[\W_]", "", name) for name in keys["name"]} - {""}
    for name in set(keys["name"]):
        last, comma, first = name.partition(", ")
        keys["name"] |= {f"{first} {last}"} if comma else set()
    return keys


def _plain(text: str) -> str:
    return " ".join(folded(text).split())
