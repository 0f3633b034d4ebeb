"""How do correspondents come in from files of others, and go out into files again?

May import what `ingest` may: the tables are read and understood here, `storage` keeps what they say.
"""
