"""What came in?  Sources take mail, `accept` keeps it, filing enters it.

May import `matcher`, `history`, `storage` and `mail`; never its sibling `outbound`.
"""
