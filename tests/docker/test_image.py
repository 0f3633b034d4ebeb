"""The container image without a container engine: what it says is right, and its steps work outside."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from app.settings import described
from tests.docker.recipe import Instruction, stages
from tests.servers.ports import free_port

ROOT = Path(__file__).parents[2]
BUILD, FINAL = stages(ROOT / "docker" / "Dockerfile")
COMPOSE = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
POSTBUCH = COMPOSE["services"]["postbuch"]
SETTINGS = {variable for _, variable, _ in described()} | {"POSTBUCH_DATA", "POSTBUCH_CONFIG"}
_START_SECONDS = 60


def texts(stage: list[Instruction], name: str) -> list[str]:
    return [instruction.text for instruction in stage if instruction.name == name]


def environment(stage: list[Instruction]) -> dict[str, str]:
    return dict(pair.split("=", 1) for text in texts(stage, "ENV") for pair in text.split())


def health_check() -> list[str]:
    (text,) = texts(FINAL, "HEALTHCHECK")
    return Instruction("CMD", text.partition("CMD ")[2]).words


def test_everything_that_is_copied_is_there_and_not_ignored() -> None:
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    copied = {word for step in BUILD if step.name == "COPY" for word in step.words[:-1]}
    assert copied == let_through
    assert not [name for name in copied if not (ROOT / name).exists()]


def test_every_room_of_the_program_is_copied() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks"}
    assert rooms <= {word for step in BUILD if step.name == "COPY" for word in step.words}


def test_it_does_not_run_as_root() -> None:
    (user,) = texts(FINAL, "USER")
    assert user != "0"
    assert any(f"useradd --system --uid {user} " in text for text in texts(FINAL, "RUN"))


def test_it_tells_only_settings_that_exist() -> None:
    told = {name for name in environment(FINAL) if name.startswith("POSTBUCH_")} | set(
        POSTBUCH["environment"]
    )
    assert told <= SETTINGS


def test_compose_publishes_the_ports_and_keeps_the_folder_of_the_image() -> None:
    inside = {published.rpartition(":")[2] for published in POSTBUCH["ports"]}
    listening = {environment(FINAL)[f"POSTBUCH_{name}_PORT"] for name in ("WEB", "SMTP")}
    assert inside == listening == set(" ".join(texts(FINAL, "EXPOSE")).split())
    volume, _, folder = POSTBUCH["volumes"][0].partition(":")
    assert volume in COMPOSE["volumes"]
    assert folder == environment(FINAL)["POSTBUCH_DATA"] == texts(FINAL, "VOLUME")[0]


def test_compose_builds_this_image() -> None:
    context = ROOT / "docker" / POSTBUCH["build"]["context"]
    assert context.resolve() == ROOT
    assert (context / POSTBUCH["build"]["dockerfile"]).is_file()


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_its_steps_build_a_service_that_its_check_finds_well(tmp_path: Path) -> None:
    build_all(tmp_path)
    assert not list((tmp_path / "opt/postbuch").glob("lib/python*/site-packages/setuptools"))
    with started(tmp_path) as (service, run):
        while (checked := run(health_check())).returncode:
            assert service.poll() is None, "it ended by itself"
            await asyncio.sleep(0.2)
        assert checked.returncode == 0
        service.terminate()
        assert await asyncio.to_thread(service.wait, _START_SECONDS) == 0
        assert run(health_check()).returncode != 0
        assert run(["postbuch", "--version"]).stdout.strip()


def build_all(root: Path) -> None:
    """Do what the first stage does, with *root* for the image's /."""
    work = root / "build"
    work.mkdir()
    path = base_image_programs(root)
    for step in BUILD:
        if step.name == "COPY":
            *sources, target = step.words
            for source in sources:
                copy(ROOT / source, work / target)
        if step.name == "RUN":
            command = step.text.replace("/opt/", f"{root}/opt/")
            subprocess.run(["sh", "-ec", command], cwd=work, env=os.environ | {"PATH": path}, check=True)


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def base_image_programs(root: Path) -> str:
    """Return a PATH on which `python` and `pip` are, as in the base image."""
    folder = root / "base"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    (folder / "pip").write_text(f'#!/bin/sh\nexec {sys.executable} -m pip "$@"\n')
    (folder / "pip").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@contextmanager
def started(root: Path) -> Iterator[tuple[subprocess.Popen[bytes], "Run"]]:
    """Start what the image starts, and yield it with what runs another command of it."""
    inside = environment(FINAL)
    settings = {
        **inside,
        "PATH": f"{root}/opt/postbuch/bin:{os.environ['PATH']}",
        "POSTBUCH_DATA": str(root / "kept"),
        "POSTBUCH_WEB_PORT": str(free_port()),
        "POSTBUCH_SMTP_PORT": str(free_port()),
        "POSTBUCH_CAPTURE_CHECK_DNS": "false",
        # On this machine nobody else is to be let in.
        "POSTBUCH_WEB_HOST": "127.0.0.1",
        "POSTBUCH_SMTP_HOST": "127.0.0.1",
    }
    kept = root / "kept"
    kept.mkdir()
    run = Run(settings, kept)
    command = [
        word for name in ("ENTRYPOINT", "CMD") for word in Instruction(name, texts(FINAL, name)[0]).words
    ]
    program = shutil.which(command[0], path=settings["PATH"])
    assert program, "the image has no such program"
    service = subprocess.Popen([program, *command[1:]], env=settings, cwd=kept)
    try:
        yield service, run
    finally:
        service.kill()
        service.wait()


class Run:
    """Runs a command in the environment of the image."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        self._settings, self._folder = settings, folder

    def __call__(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        program = shutil.which(command[0], path=self._settings["PATH"])
        assert program, command
        return subprocess.run(
            [program, *command[1:]],
            env=self._settings,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
