"""The programs that people and machines send mail with."""

import asyncio
import os
import shutil
from pathlib import Path

from tests.servers.absent import absent

_SECONDS = 60


class DidNotSend(Exception):
    """The program ended with an error; the text is what it said."""


async def swaks(port: int, *options: str, recipient: str, sender: str, headers: dict[str, str]) -> str:
    """Send a mail with swaks, and return the conversation."""
    given = [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    server = ("--server", "127.0.0.1", "--port", str(port))
    return await _run("swaks", *server, *options, "--from", sender, "--to", recipient, *given)


async def neomutt(
    home: Path,
    port: int,
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    bcc: str = "",
    trusted: Path | None = None,
) -> None:
    """Write a mail in neomutt, whose configuration is in *home*, and send it by SMTP.

    With a *trusted* certificate it is sent encrypted, or not at all.
    """
    encrypted = f"""
set ssl_force_tls = yes
set certificate_file = "{trusted}"
set ssl_ca_certificates_file = "{trusted}"
"""
    plain = """
set ssl_force_tls = no
set ssl_starttls = no
"""
    (home / "neomuttrc").write_text(
        f"""
set smtp_url = "smtp://127.0.0.1:{port}/"
set from = "{sender}"
set use_from = yes
set realname = "Eva Muster"
set copy = no
set use_envelope_from = yes
set send_charset = "utf-8"
"""
        + (encrypted if trusted else plain),
        encoding="utf-8",
    )
    blind = ("-b", bcc) if bcc else ()
    await _run(
        *("neomutt", "-n", "-F", str(home / "neomuttrc"), "-s", subject, *blind, "--", to),
        stdin=text,
        HOME=str(home),
        LC_ALL="C.UTF-8",
    )


async def certificate(folder: Path, name: str, address: str) -> tuple[Path, Path]:
    """Make a certificate for a host that nobody signed but itself, and return it and its key."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    await _run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"),
        *("-addext", f"subjectAltName=DNS:{name},IP:{address}", "-keyout", str(key), "-out", str(made)),
    )
    return made, key


async def _run(program: str, *arguments: str, stdin: str = "", **environment: str) -> str:
    """Return what a program says on both of its outputs."""
    if shutil.which(program) is None:
        absent(program)
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        env=os.environ | environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(stdin.encode()), _SECONDS)
    if process.returncode:
        raise DidNotSend(said.decode(errors="replace"))
    return said.decode(errors="replace")
