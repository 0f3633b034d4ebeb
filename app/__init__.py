"""How does it run?  Settings, wiring, workers, the command line.

May import everything; nobody imports it.
"""
