"""How much of real-world input is read rightly?  A module for each kind of input, counted against goals.

The folder is named by CORPUS_DIR, and its README says what each set holds.  May import
everything; nobody imports it but tests.
"""
