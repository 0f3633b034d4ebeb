"""Where does a command get the password or token of a mailbox from?  Never from its arguments, which others see."""

import json
import os
import sys
from pathlib import Path

import typer

from app.commands.opening import Refused
from ingest.credentials import Credentials, Password, Token, UnknownCredentials, read
from storage.mailboxes import SecretKind

VARIABLE = "MAILBOX_PASSWORD"


def credentials_given(password_file: Path | None, token_file: Path | None) -> Credentials:
    """Return what a file says, or the environment, or whoever is asked."""
    if password_file and token_file:
        raise Refused("--password-file and --token-file exclude each other.")
    if token_file:
        return _token(_text_of(token_file))
    password = _text_of(password_file).rstrip("\r\n") if password_file else os.environ.get(VARIABLE, "")
    if not password and not password_file and sys.stdin.isatty():
        password = typer.prompt("Password (best one for programs only)", hide_input=True)
    if not password:
        raise Refused(f"There is no password: give --password-file, or {VARIABLE} in the environment.")
    return Password(password)


def _token(text: str) -> Token:
    try:
        token = read(SecretKind.XOAUTH2, text)
    except UnknownCredentials:
        token = None
    if not isinstance(token, Token) or not (token.access_token or token.can_be_renewed):
        example = dict.fromkeys(("token_url", "client_id", "client_secret", "refresh_token"), "…")
        raise Refused(
            f"--token-file: this is no token; write {json.dumps(example, ensure_ascii=False)} or "
            '{"access_token": "…"}.'
        )
    return token


def _text_of(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path}: {getattr(error, 'strerror', None) or 'no UTF-8'}") from None
