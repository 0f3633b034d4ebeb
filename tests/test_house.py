"""The house keeps its own rules: sizes, names, whose room is whose, nothing of one machine."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "web", "events", "surveys", "ingest", "outbound", "matcher", "history", "storage", "mail")
LONGEST = {".py": 400, ".html": 250}
LONGEST_FUNCTION = 50
BANNED = {
    "manager", "service", "helper", "helpers", "util", "utils", "common", "handler", "handlers", "data",
    "info", "item", "items",
}  # fmt: skip
PROCESS = re.compile(r"^_*process(es)?(_|$)")  # the verb: a process of the system may be a variable
# What is called so by somebody else.
ALLOWED = {
    "DATA": "POSTBUCH_DATA",
    "data_received": "what asyncio calls when octets arrive",
    "service": "what a test speaks to: a running Postbuch",
    "handler": "what aiohttp calls the page behind a middleware",
}
OF_AIOSMTPD = re.compile(r"^(handle|auth|smtp)_[A-Z]+$")
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(work|root|home/\w+)/|\.pyenv")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|archive\.ubuntu\.com")
EMAIL_PARSERS = {"email.parser", "email.feedparser", "email.message_from_bytes", "email.message_from_string",
                 "email.message_from_binary_file", "email.message_from_file"}  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _files() -> list[Path]:
    """Return what belongs to the project: what git tracks, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()})


FILES = _files()
PYTHON = [path for path in FILES if path.suffix == ".py"]
OURS = [path for path in PYTHON if "migrations" not in path.parts]
TREES = {path: ast.parse(path.read_bytes()) for path in PYTHON}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(TREES[path]):
        if isinstance(node, Function):
            yield node


def _length(function: Function) -> int:
    """Return how many lines a function has, decorators and docstring apart."""
    start = function.lineno
    if ast.get_docstring(function) and len(function.body) > 1:
        start += (function.body[0].end_lineno or 0) - function.body[0].lineno + 1
    return (function.end_lineno or 0) - start + 1


def test_no_file_is_longer_than_one_can_take_in() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in FILES if path.suffix in LONGEST}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST[Path(name).suffix]}


def test_no_function_is_longer_than_fifty_lines() -> None:
    lengths = {
        f"{_name(path)}: {function.name}": _length(function) for path in OURS for function in _functions(path)
    }
    assert not {where: lines for where, lines in lengths.items() if lines > LONGEST_FUNCTION}


def test_half_of_all_functions_have_less_than_ten_lines() -> None:
    rooms = [path for path in OURS if path.relative_to(ROOT).parts[0] in ROOMS]
    assert statistics.median(_length(function) for path in rooms for function in _functions(path)) < 10


def _words(name: str) -> set[str]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("data_folder", "folder"))
    return set(apart.lower().strip("_").split("_"))


def _says_nothing(name: str) -> bool:
    return bool(_words(name) & BANNED) and name not in ALLOWED and not OF_AIOSMTPD.match(name)


def _given_names(path: Path) -> Iterator[str]:
    """Yield the names that a file gives: its own, and those of classes, functions, parameters, variables."""
    yield path.stem
    for node in ast.walk(TREES[path]):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_no_name_says_nothing(path: Path) -> None:
    sentences = re.compile(r"^test_\w+_\w+_")
    assert not {name for name in _given_names(path) if _says_nothing(name) and not sentences.match(name)}
    assert not {function.name for function in _functions(path) if PROCESS.match(function.name)}


def test_every_package_begins_with_its_question_and_holds_nothing_else() -> None:
    packages = {path: TREES[path].body for path in PYTHON if path.name == "__init__.py"}
    assert not [_name(path) for path, body in packages.items() if not _is_only_a_docstring(body)]
    assert {path.parent.name for path in packages} >= set(ROOMS)


def _is_only_a_docstring(body: list[ast.stmt]) -> bool:
    return len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)


def test_only_one_file_reads_mail_with_the_parser() -> None:
    rooms = [path for path in OURS if path.relative_to(ROOT).parts[0] in ROOMS]
    assert {_name(path) for path in rooms if _imported(path) & EMAIL_PARSERS} <= {"mail/parse.py"}


def _imported(path: Path) -> set[str]:
    """Return the modules and names that a file imports, or reaches through a module's name."""
    found: set[str] = set()
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
    return found


def test_nothing_of_one_machine_is_written_down() -> None:
    found = {
        f"{_name(path)}: {match[0]}"
        for path in FILES
        if path != Path(__file__) and "corpus" not in path.parts
        for match in MACHINE_PATHS.finditer(path.read_text(errors="ignore"))
    }
    assert not found


def test_no_registry_is_named_and_no_lock_holds_an_address() -> None:
    found = {
        f"{_name(path)}: {match[0]}"
        for path in FILES
        if path != Path(__file__) and "corpus" not in path.parts
        for match in REGISTRIES.finditer(path.read_text(errors="ignore"))
    }
    assert not found
    assert not [_name(path) for path in FILES if path.suffix == ".lock" and "://" in path.read_text()]


def test_both_locks_choose_the_same_versions() -> None:
    run, dev = (_versions(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert run.items() <= dev.items()


def _versions(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE))
