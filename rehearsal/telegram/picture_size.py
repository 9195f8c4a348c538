"""How large a picture is, from the first bytes of its file."""

import struct

_PNG, _GIF = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
_JPEG = b"\xff\xd8"
_PNG_HEADER, _GIF_HEADER, _FRAME_HEADER = 24, 10, 9
# Start-of-frame markers, which carry the size. Source: ITU T.81, table B.1
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Reads the width and height in pixels of a PNG, GIF or JPEG; None for anything else."""
    size: tuple[int, int] | None = None
    if content.startswith(_PNG) and len(content) >= _PNG_HEADER:
        size = struct.unpack(">II", content[16:24])
    elif content.startswith(_GIF) and len(content) >= _GIF_HEADER:
        size = struct.unpack("<HH", content[6:10])
    elif content.startswith(_JPEG):
        size = _jpeg_size(content)
    return size if size and min(size) > 0 else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    place = len(_JPEG)
    while place + _FRAME_HEADER <= len(content) and content[place] == 0xFF:  # noqa: PLR2004 - begins every marker
        if content[place + 1] in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return None
