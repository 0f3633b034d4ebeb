"""How are words looked for in the full-text indexes, and which files of some entries have them?"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from storage.by_hand import among, listed, place
from storage.connect import dialect, rows

# The condition that a file (attachment_text t) has all words, with a `{}` for the query.
_IN_FILE = {
    "sqlite": "t.id IN (SELECT rowid FROM attachment_search WHERE attachment_search MATCH {})",
    "postgres": "t.search @@ to_tsquery('simple', {})",
}
_BY_FILE = "SELECT a.entry_id FROM attachment a JOIN attachment_text t ON t.digest = a.digest WHERE "
ENTRIES_BY_FILE = {spoken: _BY_FILE + condition for spoken, condition in _IN_FILE.items()}


def search_query(words: Sequence[str]) -> str:
    """Return a query that all words must match, the last by its beginning, as the dialect writes it."""
    return _fts5(words) if dialect() == "sqlite" else _tsquery(words)


async def files_with(words: Sequence[str], entry_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the files in which all *words* stand, by entry."""
    found: dict[int, list[str]] = defaultdict(list)
    if not words or not entry_ids:
        return found
    condition = _IN_FILE[dialect()].format(place(2))
    for row in await rows(
        "SELECT a.entry_id, a.name FROM attachment a JOIN attachment_text t ON t.digest = a.digest"  # noqa: S608 - ours
        f" WHERE {among('a.entry_id', 'bigint')} AND {condition} ORDER BY a.entry_id, a.number",
        [listed(entry_ids), search_query(words)],
    ):
        found[row["entry_id"]].append(row["name"])
    return found


def _fts5(words: Sequence[str]) -> str:
    """Return a query in the language of SQLite (https://sqlite.org/fts5.html, 3)."""
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    return " ".join(quoted) + "*"


def _tsquery(words: Sequence[str]) -> str:
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words]
    return " & ".join(quoted) + ":*"
