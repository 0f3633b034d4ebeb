"""What is printed on paper?  Separator sheets for scanning and reply cards, as PDF.

May import: storage, mail, history.
"""
