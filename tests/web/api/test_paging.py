"""Lists in pages: each row once, whatever the size of a page."""

import base64
from datetime import timedelta

import pytest

from tests.web.api.conftest import Program
from tests.web.correspondence import NOON, entered, firm, mail, somebody

LISTS = ("/organisations", "/persons", "/entries", "/held")


async def _fill(program: Program) -> None:
    assert program.staff
    for number in range(7):
        organisation = await firm(f"Firma {number // 2}", f"firma-{number}.example")
        await somebody(organisation, "Anna", f"Müller {number // 2}")
        await entered(
            mail(f"Nr. {number}"),
            staff=program.staff,
            held="unknown-address",
            at=NOON + timedelta(hours=number // 2),
        )


async def test_each_row_is_visited_once_and_in_order(program: Program):
    await _fill(program)
    for path in LISTS:
        whole = [row["id"] for row in (await program.got(path))["rows"]]
        assert len(set(whole)) == 7
        for limit in (1, 3, 6, 7, 200):
            seen, after = [], ""
            while True:
                page = await program.got(f"{path}?limit={limit}" + (f"&after={after}" if after else ""))
                seen += [row["id"] for row in page["rows"]]
                after = page["after"]
                if after is None:
                    break
                assert len(page["rows"]) == limit
            assert seen == whole, (path, limit)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"[1, 2]",
        b'["a", 1e5]',
        b'["\\u0000", 1]',
        b'["0001-01-01T00:00:00+14:00", 1]',
        b'["a", 99999999999999999999]',
        b"[" * 2000,
        b'{"a": 1, "b": 2}',
    ],
)
async def test_what_is_no_cursor_is_refused(program: Program, content: bytes):
    after = base64.urlsafe_b64encode(content).decode().rstrip("=") or "!"
    for path in LISTS:
        response = await program.call("GET", f"{path}?after={after}")
        if response.status == 200:  # another text may be a name, but no time
            assert path in {"/organisations", "/persons"}
            continue
        problem = await program.problem("GET", f"{path}?after={after}")
        assert (problem.status, problem.errors[0]["parameter"]) == (400, "after")
