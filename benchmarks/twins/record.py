"""A record as it is compared: what an address book has of a person or a firm."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """A person (*given*, *family*) or a firm (*family* is its name); *true* is the same for one and the same."""

    true: str
    given: str = ""
    family: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""
    employer: int = 0
    birthday: str = ""
    domain: str = ""
