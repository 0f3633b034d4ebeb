"""Our capture alone, as a process of its own: the port, durable group commits, jobs enqueued.

`python -m benchmarks.receiver FOLDER` prints its port and a capture address, and takes
mail until it is ended.  No worker files what comes: that is measured apart.
"""

import asyncio
import gc
import sys
from pathlib import Path

import uvloop

from app.first_start import first_administrator
from app.logs import set_up_logs
from app.settings import CaptureSettings
from ingest.accept import accepting
from ingest.smtp import SmtpSource
from ingest.source import OnTheWay
from storage.connect import connected
from storage.jobs import TableQueue
from storage.schema import migrate


async def receive(folder: Path) -> None:
    """Take mail into a new database in *folder*."""
    url = f"sqlite:///{folder / 'postbuch.db'}"
    await migrate(url)
    coming = OnTheWay()
    async with (
        connected(url),
        accepting(TableQueue(), on_accepted=lambda: None, on_the_way=coming) as accept,
    ):
        first = await first_administrator(CaptureSettings())
        assert first is not None
        source = SmtpSource(host="127.0.0.1", port=0, spool_folder=folder, on_the_way=coming)
        listening = asyncio.create_task(source.run(accept))
        await source.started.wait()
        gc.collect()
        gc.freeze()  # as the service does
        print(source.port, first.capture_address, flush=True)
        await listening


if __name__ == "__main__":
    set_up_logs("info")
    uvloop.run(receive(Path(sys.argv[1])))
