"""How much of an attached file is read, so that none can exhaust time or memory."""

from dataclasses import dataclass

OUT_OF_MEMORY = 3  # how the process that reads ends when it has none left


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Limits of reading one file.

    *characters* are of its text, *names* of what is packed in it, *seconds* those of the processor.
    """

    characters: int = 200_000
    names: int = 500
    seconds: float = 20.0
    memory: int = 768 * 1024 * 1024
    files_of_message: int = 200
    pages: int = 3_000
    unpacked_octets: int = 256 * 1024 * 1024
    depth: int = 3


FILE_LIMITS = FileLimits()
