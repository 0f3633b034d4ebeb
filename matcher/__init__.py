"""Whom is it with?  Rules bring evidence, `decide` weighs it.

May import `storage` and `mail`; never its sibling `history`.  Reads, and never writes.
"""
