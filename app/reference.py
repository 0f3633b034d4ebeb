"""The page of all settings, from their descriptions: `python -m app.reference > docs/settings.md`."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ByteSize

from app.settings import Settings, described

_INTRODUCTION = """\
# Settings

Postbuch needs none to start. What you want otherwise, write into `postbuch.toml` in the data folder:

```toml
firm_name = "Muster AG"
staff_url = "https://postbuch.muster.example"

[capture]
domain = "capture.muster.example"
trusted_networks = ["127.0.0.1/32", "10.1.2.3/32"]

[smtp]
host = "0.0.0.0"
port = 25
```

Each also has a name in the environment, which goes before the file: `POSTBUCH_SMTP_PORT=25`. Lists are
separated by commas there. `POSTBUCH_DATA` names the data folder (`./var` without it), `POSTBUCH_CONFIG`
another file. A wrong value or an unknown name stops the start, with its key; `postbuch doctor` looks
deeper. Settings are read once: restart after a change.

What staff change themselves (their names, addresses, capture addresses) is not here but in the pages.
"""
_HEADINGS = ("Setting", "In the environment", "Default", "What it does")


def settings_page() -> str:
    """Return docs/settings.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION.rstrip("\n")
    section = None
    for key, variable, field in described():
        name, _, own_key = key.rpartition(".")
        if name != section:
            section = name
            yield from _table_of(section)
        yield f"| `{own_key}` | `{variable}` | {_shown(field.get_default())} | {field.description} |"


def _table_of(section: str) -> Iterator[str]:
    if section:
        model = Settings.model_fields[section].annotation
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            raise TypeError(section)
        heading, text = f"[{section}]", (model.__doc__ or "").strip()
    else:
        heading, text = "Of the installation", "These stand at the top of the file, before any section."
    yield from ("", f"## {heading}", "", text, "")
    yield from (f"| {' | '.join(_HEADINGS)} |", "|---" * len(_HEADINGS) + "|")


def _shown(value: Any) -> str:
    """Return a default as one writes it into the file."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value is None or value == "":
        return "none"
    if isinstance(value, tuple):
        return ", ".join(f"`{part}`" for part in value) or "none"
    if isinstance(value, ByteSize):
        return f"`{value.human_readable(decimal=value % 1000 == 0, separator='').replace('.0', '')}`"
    if isinstance(value, time):
        return f"`{value:%H:%M}`"
    return f"`{Path(value).name}`" if isinstance(value, Path) else f"`{value}`"


if __name__ == "__main__":
    print(settings_page(), end="")
