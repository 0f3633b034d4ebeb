"""How well and how fast are scanned letters read?  Letters with the truth known, printed and then worn.

Nothing here is shared with the reader: neither code nor lists of words.
"""
