"""Fonts that the bot draws with: DejaVu Sans (Latin, Greek, Cyrillic, Arabic) and BIZ UDPGothic (Japanese).

BIZ UDPGothic holds the signs of JIS X 0208 only, without hints: 1.8 MB instead of 4.5. The two with Latin in their
names hold DejaVu's signs of Latin script alone: what is written in it is drawn in half the time. Both licences allow
that.
"""

from pathlib import Path

_HERE = Path(__file__).parent
REGULAR, BOLD = _HERE / "DejaVuSans.ttf", _HERE / "DejaVuSans-Bold.ttf"
JAPANESE = _HERE / "BIZUDPGothic-subset.ttf"
LATIN_REGULAR, LATIN_BOLD = _HERE / "DejaVuSans-Latin.ttf", _HERE / "DejaVuSans-Bold-Latin.ttf"
