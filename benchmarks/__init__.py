"""How fast is it?  Each measure beside its reference, in the same run.

May import everything; nobody imports it.
"""
