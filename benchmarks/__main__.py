"""`python -m benchmarks [NAME…]`: run the measures named, or all; exit code 1 if a goal is missed.

A measure is a module of this package with `run() -> bool`: it prints its figures and
tells whether its goals hold.
"""

import importlib
import pkgutil
import sys
from keyword import iskeyword
from types import ModuleType

import benchmarks

_NO_MEASURES = frozenset({"__main__", "report"})
# Measures that are parts of a package of their own.
_OF_PACKAGES = {
    "letters": "letters.speed",
    "letters-quality": "letters.quality",
    "matching": "matching.speed",
    "matching-quality": "matching.quality",
    "reply-cards": "cards.reply_cards",
}


def names() -> list[str]:
    """Return the names of all measures."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    named = (name.rstrip("_") for name in found if name not in _NO_MEASURES)
    return sorted(_OF_PACKAGES.keys() | {name for name in named if hasattr(_module(name), "run")})


def main(chosen: list[str]) -> int:
    """Run the measures *chosen*, and return the exit code: 2 if one of them does not exist."""
    known = names()
    if unknown := sorted(set(chosen) - set(known)):
        print(f"no measure {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    held = [_module(name).run() for name in chosen or known]
    return 0 if all(held) else 1


def _module(name: str) -> ModuleType:
    if within := _OF_PACKAGES.get(name):
        return importlib.import_module(f"benchmarks.{within}")
    # A word of the language cannot be a module's name: that of `import` is `import_`.
    return importlib.import_module(f"benchmarks.{name}_" if iskeyword(name) else f"benchmarks.{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
