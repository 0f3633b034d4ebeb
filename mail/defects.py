"""The defects found so far in one reading: the first of each kind, in the order found."""

from mail.message import Defect, DefectCode


class Defects:
    """Collects at most one defect of each code, so that hostile mail cannot pile them up."""

    __slots__ = ("_first",)

    def __init__(self) -> None:
        self._first: dict[DefectCode, Defect] = {}

    def add(self, code: DefectCode, detail: str) -> None:
        """Note a defect; *detail* must quote nothing from the message."""
        if code not in self._first:
            self._first[code] = Defect(code, detail)

    def found(self) -> tuple[Defect, ...]:
        """Return what was noted."""
        return tuple(self._first.values())
