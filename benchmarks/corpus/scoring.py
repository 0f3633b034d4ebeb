"""How much of one kind was read rightly, beside what was aimed at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """What came out for one kind; *goal* is a share of 1, *missed* names what was read wrongly and how."""

    name: str
    right: int
    of: int
    goal: float
    missed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        return self.right >= self.goal * self.of

    def __str__(self) -> str:
        """Return the score as a line to print."""
        share = self.right / self.of if self.of else 0.0
        outcome = "holds" if self.holds else "missed"
        return (
            f"{self.name}: {self.right} of {self.of}, {share:.1%}, goal {self.goal:.0%}: {outcome}".replace(
                "%", " %"
            )
        )


def folded(text: str | None) -> str:
    """Return the text with each stretch of white space as one blank."""
    return " ".join((text or "").split())
