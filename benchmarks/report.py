"""One line for each measure: ours, the reference of the same run, and whether the goal holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate of ours beside the reference's; more is better."""

    name: str
    ours: float
    reference: float
    unit: str
    goal: float

    @property
    def ratio(self) -> float:
        """How many times the reference ours is."""
        return self.ours / self.reference

    @property
    def holds(self) -> bool:
        """Whether the ratio reaches the goal."""
        return self.ratio >= self.goal

    def __str__(self) -> str:
        """Return the line.

        >>> print(Figure("parse", 2970.4, 742.6, "mails/s", 3))
        parse: ours 2970 mails/s, reference 743 mails/s, ratio 4.00, goal 3: holds
        """
        return (
            f"{self.name}: ours {self.ours:.0f} {self.unit}, reference {self.reference:.0f} {self.unit}, "
            f"ratio {self.ratio:.2f}, goal {self.goal:g}: {'holds' if self.holds else 'short'}"
        )


def print_figure(name: str, ours: float, reference: float, unit: str, goal: float) -> bool:
    """Print the line of a measure, and tell whether its goal holds."""
    figure = Figure(name, ours, reference, unit, goal)
    print(figure, flush=True)
    return figure.holds
