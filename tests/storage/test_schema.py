"""Migrations: rows and indexes survive each of them, on both databases."""

from pathlib import Path
from typing import Any

import pytest
from tortoise.context import get_current_context

from storage import schema
from storage.connect import connected, dialect, rows, transaction

_SQLITE_COLUMNS = """
    SELECT m.name AS table_name, c.name AS column_name, c.type AS type, c."notnull" AS required
    FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'entry_search%'
      AND m.name NOT LIKE 'attachment_search%'
      AND m.name <> 'tortoise_migrations'"""
_POSTGRES_COLUMNS = """
    SELECT table_name, column_name, data_type AS type, is_nullable AS required
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'tortoise_migrations' AND column_name <> 'search'"""
_SQLITE_INDEXES = """
    SELECT m.name AS table_name, i."unique" AS is_unique,
           (SELECT group_concat(name) FROM pragma_index_info(i.name)) AS columns
    FROM sqlite_master m, pragma_index_list(m.name) i
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'entry_search%'
      AND m.name NOT LIKE 'attachment_search%'
      AND m.name <> 'tortoise_migrations'"""
_POSTGRES_INDEXES = """
    SELECT tablename AS table_name, indexdef LIKE '%UNIQUE%' AS is_unique,
           substring(indexdef from '\\((.*)\\)') AS columns
    FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'tortoise_migrations'
      AND indexname NOT LIKE '%\\_prefix'
      AND indexname NOT IN ('idx_entry_search', 'idx_attachment_text_search')"""


async def test_a_migrated_schema_equals_a_fresh_one(empty_database_url: str) -> None:
    async with connected(empty_database_url, foreign_keys=False):
        context = get_current_context()
        assert context is not None
        await context.generate_schemas()
        fresh = await _shape()
        await _drop_all()
    await schema.migrate(empty_database_url)
    async with connected(empty_database_url):
        assert await _shape() == fresh


async def test_migrating_again_does_nothing(empty_database_url: str) -> None:
    assert await schema.migrate(empty_database_url) == schema.all_migrations()
    assert await schema.pending(empty_database_url) == []
    assert await schema.migrate(empty_database_url) == []


@pytest.mark.parametrize("start", schema.all_migrations())
async def test_rows_survive_from_every_earlier_version_on(empty_database_url: str, start: str) -> None:
    await schema.migrate(empty_database_url, target=start)
    async with connected(empty_database_url):
        await _fill()
        before = await _contents()
    await schema.migrate(empty_database_url)
    async with connected(empty_database_url):
        after = await _contents()
    assert before
    for table, kept in before.items():
        assert [{name: row[name] for name in kept[0]} for row in after[table]] == kept


async def test_former_names_of_before_are_found_by_their_sort_key(empty_database_url: str) -> None:
    await schema.migrate(empty_database_url, target="0009_entries")
    async with connected(empty_database_url):
        await _fill()
    await schema.migrate(empty_database_url)
    async with connected(empty_database_url):
        assert [row["sort_key"] for row in await rows("SELECT sort_key FROM former_name")] == ["muller sohne"]


async def test_the_text_index_follows_the_entries(database: str) -> None:
    await _fill()
    assert await _found("gruezi" if dialect() == "sqlite" else "grüezi") == 1
    async with transaction() as connection:
        await connection.execute_query("UPDATE entry SET text = 'Rechnung' WHERE id = 1")
    assert (await _found("grüezi"), await _found("rechnung")) == (0, 1)
    async with transaction() as connection:
        await connection.execute_query("DELETE FROM entry WHERE id = 1")
    assert await _found("rechnung") == 0


async def test_a_database_of_a_newer_program_is_refused(database_url: str) -> None:
    async with connected(database_url), transaction() as connection:
        sql = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('storage', '9999_later', '2099-01-01')"
        await connection.execute_query(sql)
    with pytest.raises(schema.NewerDatabase, match="9999_later"):
        await schema.migrate(database_url)


async def test_a_database_that_holds_something_is_copied_before_it_changes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await schema.migrate(url, target="0001_staff")
    assert not list(tmp_path.glob("*-before-*"))
    await schema.migrate(url)
    (copy,) = tmp_path.glob("postbuch-before-*.db")
    assert await schema.pending(f"sqlite:///{copy}") == schema.all_migrations()[1:]


async def _found(word: str) -> int:
    if dialect() == "sqlite":
        return len(await rows("SELECT rowid FROM entry_search WHERE entry_search MATCH ?", [word]))
    sql = "SELECT id FROM entry WHERE search @@ to_tsquery('simple', $1)"
    return len(await rows(sql, [word]))


_ROWS = {
    "staff": "(id, name, login, password_is_temporary, access, language, created_at)"
    " VALUES (1, 'Änne', 'a@x.example', false, 'staff', 'de', '2026-01-01')",
    "staff_address": "(id, key, written, kind, staff_id) VALUES (1, 'a@x.example', 'A@x.example', 'own', 1)",
    "blob_part": "(id, digest, number, octets) VALUES (1, 'feed', 0, '00')",
    "organisation": "(id, name, sort_key, legal_form, interests, industry, language, note, own_fields,"
    " owner_id, created_at, changed_at)"
    " VALUES (1, 'Müller', 'muller', 'AG', '[]', '', 'de', '', '{}', 1, '2026-01-01', '2026-01-01')",
    "person": "(id, given_name, family_name, sort_key, title, salutation, language, interests, note, own_fields,"
    " created_at, changed_at)"
    " VALUES (1, 'Hans', 'Müller', 'muller hans', '', '', 'de', '[]', '', '{}', '2026-01-01', '2026-01-01')",
    "role": "(id, person_id, organisation_id, function) VALUES (1, 1, 1, 'Einkauf')",
    "email_address": "(id, key, written, person_id) VALUES (1, 'h@m.example', 'h@m.example', 1)",
    "former_name": "(id, organisation_id, name) VALUES (1, 1, 'Müller & Söhne')",
    "organisation_number": "(id, organisation_id, kind, value) VALUES (1, 1, 'uid', 'CHE116281710')",
    "thread": "(id, subject_key, created_at) VALUES (1, 'offerte', '2026-01-01')",
    "thread_reference": "(id, reference, thread_id) VALUES (1, 'x@y', 1)",
    "open_answer": "(id, thread_id, key, at) VALUES (1, 1, 'feed', '2026-01-01')",
    "entry": "(id, kind, direction, at, subject, text, kind_fields, held_parameters, thread_id, created_at)"
    " VALUES (1, 'email', 'incoming', '2026-01-01', 'Offerte', 'Grüezi', '{}', '{}', 1, '2026-01-01')",
    "participant": "(id, entry_id, at, role, key, written, name, person_id, organisation_id, function, reason,"
    " reason_parameters) VALUES (1, 1, '2026-01-01', 'from', 'h@m.example', '', '', 1, 1, '', 'exact-address', '{}')",
    "message": "(id, digest, size, accepted_at, state, entry_id, defects)"
    " VALUES (1, 'feed', 2, '2026-01-01', 'filed', 1, '[]')",
    "scheduling": "(id, message_id, uid, notes) VALUES (1, 1, 'u@x', '[]')",
    "capture": "(id, message_id, key, source, staff_id, envelope_sender, envelope_recipients, peer,"
    " authenticated, held_because, captured_at)"
    " VALUES (1, 1, 'k', 'smtp', 1, '', '[]', '', false, '', '2026-01-01')",
    "mailbox": "(id, staff_id, name, host, port, tls, login, secret, secret_kind, folders, after, after_folder,"
    " paused, revision, created_at, state, problem, problem_parameters, since, filled, to_fill, left_out,"
    " hours_with_mail) VALUES (1, 1, 'Eva', 'imap.x.example', 993, 'tls', 'eva', '…', 'password', '[]', 'leave', '',"
    " false, 0, '2026-01-01', 'new', '', '{}', '2026-01-01', 0, 0, '{}', '[]')",
    "mailbox_folder": "(id, mailbox_id, name, uid_validity, last_uid, filled_from_uid, filled, fetched)"
    " VALUES (1, 1, 'INBOX', 4294967295, 7, 3, false, 5)",
    "duplicate_pair": "(id, party, first_id, second_id, strength, findings, state, found_at)"
    " VALUES (1, 'person', 1, 2, 'strong', '[]', 'open', '2026-01-01')",
    "duplicate_looked_at": "(id, party, row_id, digest) VALUES (1, 'person', 1, 'feed')",
    "duplicate_key": "(id, party, key, row_id) VALUES (1, 'person', 'n:x', 1)",
    "merge": "(id, party, survivor_id, gone_id, gone, before, after, is_emptied, at, staff_id)"
    " VALUES (1, 'person', 1, 2, '{}', '{}', '{}', false, '2026-01-01', 1)",
    "merged_row": "(id, merge_id, subject, \"column\", row_id, added) VALUES (1, 1, 'role', 'person_id', 1, false)",
    "notice": "(id, staff_id, code, parameters, in_reply_to, created_at, state, problem)"
    " VALUES (1, 1, 'digest', '{}', '', '2026-01-01', 'sent', '')",
}


async def _fill() -> None:
    tables = await _tables()
    async with transaction() as connection:
        for table, row in _ROWS.items():
            if table in tables:
                await connection.execute_query(f"INSERT INTO {table} {row}")


async def _contents() -> dict[str, list[dict[str, Any]]]:
    tables = await _tables()
    return {table: await rows(f"SELECT * FROM {table} ORDER BY id") for table in _ROWS if table in tables}


async def _tables() -> set[str]:
    if dialect() == "sqlite":
        found = await rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        found = await rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    return {table["name"] for table in found}


async def _shape() -> tuple[set[Any], list[Any]]:
    sqlite = dialect() == "sqlite"
    columns = await rows(_SQLITE_COLUMNS if sqlite else _POSTGRES_COLUMNS)
    indexes = await rows(_SQLITE_INDEXES if sqlite else _POSTGRES_INDEXES)
    return (
        {tuple(column.values()) for column in columns},
        sorted(tuple(map(str, index.values())) for index in indexes),
    )


async def _drop_all() -> None:
    async with transaction() as connection:
        if dialect() == "postgres":
            await connection.execute_script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            return
    for table in await rows("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"):
        async with transaction() as connection:
            await connection.execute_query(f'DROP TABLE IF EXISTS "{table["name"]}"')
