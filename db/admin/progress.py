"""How far a long copy has come, for whoever wants to show it."""


class Progress:
    """Hears of each step of a long copy and shows nothing; bot/maintenance/progress.py draws bars."""

    def begin(self, step: str, total: int) -> None:
        """Notes that a step begins, and how many rows or pages it has."""

    def advance(self, count: int) -> None:
        """Notes that so many more rows or pages of that step are done."""


SILENT = Progress()
