"""Which Postbuch is this?"""

from importlib.metadata import version


def own_version() -> str:
    """Return the version of the installed program."""
    return version("postbuch")
