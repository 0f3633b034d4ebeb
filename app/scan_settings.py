"""Which settings are there of scans?  A section of `app.settings`."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ByteSize, ConfigDict, Field
from pydantic_settings import NoDecode

_Size = Annotated[ByteSize, Field(gt=0)]
_Count = Annotated[int, Field(gt=0)]


class Section(BaseModel):
    """A section of the settings; what it does not know is wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def listed(given: Any) -> Any:
    """Return what the environment gives as a comma-separated text as a list."""
    return [word.strip() for word in given.split(",") if word.strip()] if isinstance(given, str) else given


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(listed)]


class ScanSettings(Section):
    """Scanned letters: from where they come, and how they are read. See docs/scanning.md."""

    here: bool = Field(
        default=True,
        description="Whether `serve` takes and reads scans; off where `serve --only scans` does on another machine.",
    )
    incoming: Path | None = Field(
        default=None,
        description="Folder in which scans of letters that came are taken up; relative to the data folder.",
    )
    outgoing: Path | None = Field(
        default=None,
        description="Folder in which scans of letters that we send are taken up; relative to the data folder.",
    )
    keep_done: bool = Field(
        default=True, description="Whether files that were taken are moved to `done/`; else they are deleted."
    )
    poll_seconds: _Count = Field(
        default=5, description="Seconds after which the folders are looked at where the system tells nothing."
    )
    rest_seconds: Annotated[float, Field(ge=0)] = Field(
        default=2.0, description="Seconds for which a file must not have changed before it is taken."
    )
    language: Literal["de", "fr", "it", "en"] = Field(
        default="de", description="Language of the texts beside rejected files: `de`, `fr`, `it` or `en`."
    )
    scanners: Words = Field(
        default=(),
        description="Addresses of scanners: a mail from one brings scans, and is no mail.",
    )
    own_names: Words = Field(
        default=(),
        description="How the firm is called on its letters, beside `firm_name`: those are outgoing.",
    )
    largest_file: _Size = Field(
        default=ByteSize(300_000_000), description="Largest scan, as bytes or like `300MB`."
    )
    most_pages: Annotated[int, Field(gt=0, le=5000)] = Field(
        default=1000, description="Pages of one scan, up to 5000; one with more is rejected."
    )
    most_pixels: _Count = Field(
        default=150_000_000,
        description="Pixels of the picture of one page; a scan with a larger one is rejected.",
    )
    memory: _Size = Field(
        default=ByteSize(1024 * 1024 * 1024),
        description="Memory that each reading process, and each tesseract, may have, as bytes or like `1GiB`.",
    )
    languages: Words = Field(
        default=("deu", "fra", "ita", "eng"),
        description="Languages of letters, by tesseract's names; the first is taken where nothing tells.",
    )
    page_seconds: _Count = Field(
        default=60, description="Seconds after which the reading of one page is ended, and it is held."
    )
    workers: _Count = Field(default=2, description="Processes that read pages at the same time.")
    code128: str = Field(
        default="", description="Text of a Code 128 of your own on separator sheets; empty for none."
    )
    patch_t: bool = Field(default=False, description="Whether a Patch T separates letters, too.")
