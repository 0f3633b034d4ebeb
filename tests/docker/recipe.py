"""A Dockerfile read as its stages and instructions."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile: `COPY`, and what stands behind it."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words behind it, or the strings of the JSON form."""
        if self.text.startswith("["):
            strings: list[str] = json.loads(self.text)
            return strings
        return [word for word in self.text.split() if not word.startswith("--")]


def stages(dockerfile: Path) -> list[list[Instruction]]:
    """Return the instructions of each stage; one that goes on over lines is one."""
    lines = [line for line in dockerfile.read_text().splitlines() if not line.lstrip().startswith("#")]
    found: list[list[Instruction]] = []
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, _, text = line.strip().partition(" ")
        if name == "FROM":
            found.append([])
        if name:
            found[-1].append(Instruction(name, text.strip()))
    return found
