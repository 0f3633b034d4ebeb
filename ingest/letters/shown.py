"""A page's picture as pages show it: small in a list, and turned as somebody turned it."""

import io

from PIL import Image

SMALL = 360  # pixels of the longer side of a picture in a list
_QUALITY = 80
_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns against the clock
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def shown_picture(octets: bytes, *, turned: int = 0, longest: int = 0) -> bytes:
    """Return a picture of ours as JPEG, *turned* clockwise by so many degrees, no side over *longest* pixels.

    Without *longest* it stays as large as it is.
    """
    with Image.open(io.BytesIO(octets)) as opened:
        if longest:
            opened.draft(None, (longest, longest))  # a JPEG is read no larger than needed
        picture = opened.convert("L" if opened.mode in {"1", "L"} else "RGB")
    if longest:
        picture.thumbnail((longest, longest))
    if turned in _TURNS:
        picture = picture.transpose(_TURNS[turned])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
