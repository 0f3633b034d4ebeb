"""postbuch doctor: what is wrong, and what to do."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from app.checks.database import database
from app.checks.finding import Finding, Level
from app.checks.machine import machine
from app.checks.mailboxes import mailboxes_read
from app.checks.network import network
from app.commands.opening import run
from app.settings import Settings, read_settings

_MARKS = {Level.OK: ("ok  ", "green"), Level.WARN: ("warn", "yellow"), Level.FAIL: ("FAIL", "bold red")}


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Look whether all is well, and say what to do where it is not; exit code 1 if something fails.

    Changes nothing, and may run beside the service.

    Example: postbuch doctor --json
    """
    findings = run(_examine(read_settings()))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    else:
        _show(findings)
    if any(finding.level is Level.FAIL for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings) -> list[Finding]:
    findings = list(machine(settings))
    findings += [finding async for finding in database(settings)]
    if not any(finding.about == "database" and finding.level is not Level.OK for finding in findings):
        findings += [finding async for finding in mailboxes_read(settings)]
    findings += [finding async for finding in network(settings)]
    return findings


def _show(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        mark, style = _MARKS[finding.level]
        console.print(Text(mark, style), Text(f"{finding.about}: {finding.text}"))
        if finding.advice and finding.level is not Level.OK:
            console.print(Text(f"     {finding.advice}", "dim"))
