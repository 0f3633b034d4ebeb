"""Are reply cards read rightly?  Cards as they are printed, ticked by pens of many kinds, and scanned badly.

Of the product only the layout's values and what prints a card are used to make them; the reader is not.
"""
