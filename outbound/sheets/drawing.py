"""A sheet as HTML: a template of this folder, with QR codes drawn into it."""

from functools import cache
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def drawn(template: str, **values: Any) -> str:
    """Return the HTML of a sheet."""
    return _environment().get_template(template).render(values)


def qr(text: str) -> Markup:
    """Return a QR code as SVG that is as large as what it stands in, without the quiet zone around it."""
    code = segno.make_qr(text, error="q", boost_error=False)
    svg = code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - made of squares, whatever the text says


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("outbound", "sheets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["qr"] = qr
    return environment
