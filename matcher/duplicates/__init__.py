"""Which persons, and which organisations, are entered twice?  Pure: cards in, a verdict with reasons out.

Decided conservatively: whoever merges two human beings loses more than whoever finds them double.
"""
