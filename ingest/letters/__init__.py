"""What does a scanned letter say?  Scan files to pages, words, codes and fields; a batch to its letters.

Scans come from anybody: they are read in processes of their own, within limits of time and memory.
May import: storage, mail, matcher, history.
"""
