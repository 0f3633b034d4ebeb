"""What goes out?

May import `history`, `storage` and `mail`; never `matcher`, nor its sibling `ingest`.
"""
