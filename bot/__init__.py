"""Assembles everything and starts it."""

import sys

# PTB imports httpx, which we do not use; httpx imports its command line wherever rich is installed, and that costs
# every start 45 ms and 5 MB. It does without where there is none.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None is how Python says that there is none
