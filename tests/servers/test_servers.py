"""The servers that other tests speak to come, are shared, and go, also after a kill."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from tests.servers import postfix, postgres
from tests.servers.chromium import chromium
from tests.servers.ports import free_port

ROOT = Path(__file__).parents[2]
_SECONDS = 30


async def test_all_who_name_the_same_folder_share_one_cluster(tmp_path: Path) -> None:
    with postgres.cluster(tmp_path) as one, postgres.cluster(tmp_path) as other:
        assert one == other
        assert await version(one) >= postgres.OLDEST
    assert await is_gone(one)


async def test_a_cluster_goes_when_its_last_user_is_killed(tmp_path: Path) -> None:
    user = await asyncio.create_subprocess_exec(
        sys.executable, "-c", USER, str(tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert user.stdout
    url = (await user.stdout.readline()).decode().strip()
    assert await version(url) >= postgres.OLDEST
    user.kill()
    await user.wait()
    assert await is_gone(url)


USER = """
import signal, sys
from pathlib import Path
from tests.servers.postgres import cluster
with cluster(Path(sys.argv[1])) as url:
    print(url, flush=True)
    signal.pause()
"""


async def version(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(connection.get_server_version().major)
    finally:
        await connection.close()


async def is_gone(url: str) -> bool:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        try:
            await version(url)
        except asyncpg.CannotConnectNowError:  # it is stopping
            await asyncio.sleep(0.05)
        except ConnectionError:
            return True
    return False


def test_postfix_takes_mail_from_its_load_generator_and_queues_it() -> None:
    with postfix.smtpd() as port:
        send(port)


def test_the_sink_takes_mail_from_the_load_generator() -> None:
    port = free_port()
    sink = subprocess.Popen([*postfix.sink(), f"127.0.0.1:{port}", "100"])
    try:
        until = time.monotonic() + _SECONDS
        while not postfix.greets(port) and time.monotonic() < until:
            time.sleep(0.05)
        send(port)
    finally:
        sink.send_signal(signal.SIGTERM)
        sink.wait()


def send(port: int) -> None:
    """Send 20 mails over 2 connections; CalledProcessError if one is not taken."""
    options = ["-d", "-s", "2", "-m", "20", "-l", "1024", "-f", "a@postfix.test", "-t", "b@postfix.test"]
    subprocess.run([*postfix.source(), *options, f"127.0.0.1:{port}"], check=True, timeout=_SECONDS)


async def test_chromium_shows_a_page() -> None:
    async with chromium() as browser:
        page = await browser.new_page()
        await page.set_content("<h1>Grüezi</h1>")
        assert await page.inner_text("h1") == "Grüezi"


def test_a_missing_peer_fails_on_ci_and_is_a_skip_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(postfix, "_UNPACKED", Path(os.devnull))
    monkeypatch.setattr(postfix, "_ALSO", os.devnull)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="smtp-source"):
        postfix.source()
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="smtp-source"):
        postfix.source()
