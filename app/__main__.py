"""`python -m app` is `postbuch`."""

from app.cli import main

main()
