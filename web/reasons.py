"""Why was this found or held?  A code and its parameters as a sentence in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from history.reasons import SENTENCES


class _Named(dict[str, Any]):
    """Parameters of a sentence; one that an older entry lacks is shown as a gap."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence(gettext: Callable[[str], str], code: str, parameters: Mapping[str, Any]) -> str:
    """Return the sentence; a code that this program does not know speaks for itself."""
    known = SENTENCES.get(code)
    return gettext(known).format_map(_Named(parameters)) if known else code
