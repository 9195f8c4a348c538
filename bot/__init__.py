"""Assembles everything and starts it."""

import gc
import sys

from bot.lean import leave_out

if sys.argv[:1] == ["-m"]:
    gc.disable()  # all that is imported stays: looking through it for what may go takes a sixth of the start
leave_out()
