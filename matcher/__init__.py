"""Whom is a message with?  Direction, outside participants, and the evidence for each.

May import `storage` and `mail`; `history` is its sibling.  It reads and decides, and never writes.
"""
