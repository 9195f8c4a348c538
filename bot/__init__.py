"""Assembles everything and starts it."""

import gc
import sys

if sys.argv[:1] == ["-m"]:
    gc.disable()  # all that is imported stays: looking through it for what may go takes a sixth of the start

# PTB imports httpx, which we do not use; httpx imports its command line wherever rich is installed, and that costs
# every start 45 ms and 5 MB. It does without where there is none.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None is how Python says that there is none
