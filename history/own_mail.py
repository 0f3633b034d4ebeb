"""Did we write it ourselves?  The Message-IDs of notices, signed: nobody else can make one."""

from collections.abc import Iterable

from mail.tokens import numbers_in, token

_PURPOSE = "notice"
PREFIX = "notice."


def own_message_id(notice_id: int, *, domain: str, key: bytes) -> str:
    """Return the Message-ID of a notice: always the same one."""
    return f"{PREFIX}{token(_PURPOSE, [notice_id], key=key)}@{domain}"


def notice_of(message_id: str, *, key: bytes) -> int | None:
    """Return the notice that has this Message-ID, None if it is not of ours."""
    local_part = message_id.partition("@")[0].lower()
    if not local_part.startswith(PREFIX):
        return None
    numbers = numbers_in(_PURPOSE, local_part.removeprefix(PREFIX), count=1, key=key)
    return numbers[0] if numbers else None


def notice_among(message_ids: Iterable[str], *, key: bytes) -> int | None:
    """Return the first notice that one of these ids is of."""
    found = (notice_of(message_id, key=key) for message_id in message_ids)
    return next((notice_id for notice_id in found if notice_id is not None), None)
