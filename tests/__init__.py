"""Stories people would tell, and what is small and pure."""

import gc

# A collection of garbage looks at every object of 150 test files and of the catalogues: 13 % of a run. What a test
# leaves is looked at with every 50,000 objects, not 700; here, so that what conftest.py imports is not either.
gc.set_threshold(50_000, 10, 10)
