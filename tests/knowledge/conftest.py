"""What asks the answering side, for all tests of what is known."""

import pytest

from tests.support.knowledge.grading import Grader


@pytest.fixture(scope="session")
def grader() -> Grader:
    """Asks as somebody new does, and reads the answer; it remembers nobody."""
    return Grader()
