"""Pairs of persons and firms with the truth known: made here, of lists and slips of their own."""
