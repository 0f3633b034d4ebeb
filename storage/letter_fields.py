"""How is what was read on a letter kept?  As JSON with the place of each field."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from mail.letter import Box, Found, LetterFields, LetterParty
from storage.storable import storable

_PARTIES = {"sender", "addressee"}
_LONGEST = 1000


def packed_fields(read: LetterFields) -> dict[str, Any]:
    """Return the fields of a letter that are there, as a row keeps them."""
    told = {name: _plain(value) for name, value in asdict(read).items() if value}
    return told | ({"date": read.date.isoformat()} if read.date else {})


def unpacked_fields(kept: Mapping[str, Any]) -> LetterFields:
    """Return the fields of a letter."""
    known = {one.name for one in fields(LetterFields)}
    return LetterFields(**{name: _value(name, value) for name, value in kept.items() if name in known})


def _plain(value: Any) -> Any:
    """Return a value as JSON and tables can hold it."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return round(value, 3)
    return storable(value, most=_LONGEST) if isinstance(value, str) else value


def _value(name: str, value: Any) -> Any:
    if name == "date":
        return date.fromisoformat(value)
    if name in _PARTIES:
        return LetterParty(**{**value, "box": _box(value.get("box"))})
    if isinstance(value, list):
        return tuple(_found(one) for one in value)
    return _found(value) if isinstance(value, dict) else value


def _found(value: Mapping[str, Any]) -> Found:
    return Found(value["value"], _box(value["box"]) or Box(0, 0, 0, 0), value["page"], value["confidence"])


def _box(value: Mapping[str, float] | None) -> Box | None:
    return Box(**value) if value else None
