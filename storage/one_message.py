"""What became of one message?  Its row, with every way by which it came."""

from tortoise.query_utils import Prefetch

from storage.messages import Capture, Message


async def message(message_id: int) -> Message | None:
    """Return a message with its captures and their staff."""
    captures = Capture.all().select_related("staff").order_by("id")
    return await Message.get_or_none(id=message_id).prefetch_related(Prefetch("captures", captures))
