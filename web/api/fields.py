"""What do bodies, parameters and answers consist of?  Texts, days and ids with their limits."""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic_core import PydanticCustomError

from web.forms import Form, cleaned
from web.i18n import LANGUAGES

_T = TypeVar("_T")
_FIELD = "field"


class Given(BaseModel):
    """What a program sends.  Unknown fields are wrong, and no type is taken for another."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Answer(BaseModel):
    """What a program gets, read from rows."""

    model_config = ConfigDict(from_attributes=True)


class Named(Answer):
    """Somebody or something, by id and name."""

    id: int
    name: str


class Page(Answer):
    """One page of a list; *after* asks for the next, null where this is the last."""

    after: str | None


class Paging(Given):
    """Where a page begins and how long it is."""

    after: str | None = Field(
        None,
        max_length=4000,
        description="`after` of the page before",
        json_schema_extra={"pattern": "^[A-Za-z0-9_-]*$"},
    )
    limit: int = Field(50, ge=1, le=200, description="how many rows at most")


class Search(Paging):
    """A page of what has all words of *q*."""

    q: str = Field("", max_length=200, description="words that must all be found")

    @field_validator("q")
    @classmethod
    def _without_controls(cls, text: str) -> str:
        return cleaned(text)


def wrong(sentence: str) -> PydanticCustomError:
    """Return the error that tells *sentence* of the field at hand."""
    return PydanticCustomError("wrong", "{sentence}", {"sentence": sentence})


def read_as(read: Callable[[Form, str], _T]) -> AfterValidator:
    """Return what reads a text the way that the forms of the pages do."""

    def validate(text: str) -> _T:
        form = Form({_FIELD: cleaned(text)})
        value = read(form, _FIELD)
        for sentence, parameters in form.errors.values():
            raise wrong(sentence % parameters)
        return value

    return AfterValidator(validate)


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise wrong("This time is out of range.") from None


def _no_number(text: str) -> str:
    """Refuse what would be taken for seconds since 1970."""
    if text.lstrip("+-").replace(".", "", 1).isdigit():
        raise wrong("Write a time as 2026-03-03T12:00:00Z.")
    return text


def _language(code: str) -> str:
    if code and code not in LANGUAGES:
        raise wrong(f"This is none of the languages: {', '.join(LANGUAGES)}.")
    return code


Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
# Not strict: what a function has looked at is no longer known as a parameter's text.
Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_no_number), AfterValidator(_utc)]
Rows = Annotated[list[_T], BeforeValidator(list)]  # what belongs to a row comes as an iterable of its own
# How long a line may be, its field says.
Line = Annotated[str, read_as(lambda form, name: form.text(name))]
Needed = Annotated[str, Field(min_length=1), read_as(lambda form, name: form.text(name, required=True))]
# Unique where there is one: an empty one is none.
_KEY = read_as(lambda form, name: form.text(name) or None)
Key = Annotated[str, Field(max_length=100), _KEY]
ExternalKey = Annotated[str, Field(max_length=200), _KEY]
Interests = Annotated[list[Annotated[Needed, Field(max_length=100)]], Field(max_length=50)]
# By the name of the field; what is null is taken away.
OwnValues = dict[
    Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=300)] | int | float | None
]
Lines = Annotated[str, Field(max_length=20_000), read_as(lambda form, name: form.lines(name))]
Language = Annotated[str, Field(json_schema_extra={"enum": ["", *LANGUAGES]}), AfterValidator(_language)]


class Days(Given):
    """From and until which day something holds; null where that is not known or not over."""

    since: date | None = None
    until: date | None = None

    @field_validator("until")
    @classmethod
    def _in_order(cls, until: date | None, fields: ValidationInfo) -> date | None:
        since = fields.data.get("since")
        if since and until and until < since:
            raise wrong("This lies before the first day.")
        return until


def _leave_out_defaults(schema: dict[str, Any]) -> None:
    for field in schema["properties"].values():
        field.pop("default", None)


class _Changes(Given):
    """What is to be changed; all else stays."""

    model_config = ConfigDict(json_schema_extra=_leave_out_defaults)


def changes_of(model: type[Given]) -> type[Given]:
    """Return the model of a correction: the fields of *model*, each of which may be left out.

    What fields must be together, it does not know: that is told of the row as it becomes.
    """
    name = model.__name__.removeprefix("New").removesuffix("Fields")
    return create_model(f"{name}Changes", __base__=_Changes, __doc__=_Changes.__doc__, **_optional(model))


def _optional(model: type[Given]) -> Mapping[str, Any]:
    fields = {}
    for name, known in model.model_fields.items():
        field = copy(known)
        field.default, field.validate_default = None, False
        fields[name] = (known.annotation, field)
    return fields
