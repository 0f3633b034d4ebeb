"""What does an attached file say?  Its text for the search, what is packed in it, and what is dangerous about it.

Files come from anybody: they are read in a process of their own (`ingest.files.apart`),
within limits of time, memory and length.  What exceeds one is a defect of the file.
May import: mail.
"""
