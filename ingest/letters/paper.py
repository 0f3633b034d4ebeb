"""How large was the paper?  Told by the file where that can be believed, else guessed from the shape of the picture."""

from ingest.letters.picture import MM_PER_INCH

_PAPERS = ((210.0, 297.0), (148.0, 210.0), (215.9, 279.4), (215.9, 355.6), (105.0, 148.0))  # A4 first
_ALIKE = 0.03
_DPI = (60.0, 1300.0)
_LONGEST = 1300.0  # mm: a poster
_SHORTEST = 20.0
_SCANNERS = (100, 150, 200, 240, 300, 400, 600, 1200)


def dpi_of(width: int, height: int, told: float) -> float:
    """Return the pixels an inch of a picture *width* by *height* pixels; *told* is what its file says, 0 for nothing.

    >>> dpi_of(2480, 3508, 300)
    300
    >>> round(dpi_of(1654, 2339, 0)), round(dpi_of(1654, 2339, 1)), round(dpi_of(1748, 1240, 72))
    (200, 200, 212)
    """
    if told and _believed(width, height, told):
        return told
    short, long = sorted((width, height))
    for across, down in _PAPERS:
        if abs(long / short / (down / across) - 1) < _ALIKE:
            dpi = long / down * MM_PER_INCH
            if _is_scanned(dpi) or (across, down) == _PAPERS[0]:
                return dpi if _DPI[0] <= dpi <= _DPI[1] else 200.0
    return 200.0 if long < 2600 else 300.0


def _believed(width: int, height: int, told: float) -> bool:
    """Say whether a resolution can be true; 72 and 96 are what programs write that know none."""
    if not _DPI[0] <= told <= _DPI[1] or told in {72, 96}:
        return False
    short, long = (pixels / told * MM_PER_INCH for pixels in sorted((width, height)))
    return short >= _SHORTEST and long <= _LONGEST


def _is_scanned(dpi: float) -> bool:
    return any(abs(dpi / usual - 1) < _ALIKE for usual in _SCANNERS)
