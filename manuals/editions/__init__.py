"""Editions: freezing the working draft, comparing two frozen states, verifying a printed page.

services/freezing.py     the draft as entries in reading order, sealed under the hash of all they say
services/comparing.py    which nodes differ between two editions, and how
services/diffs.py        the words that differ between two wordings, kept once worked out
services/exporting.py    an edition as plain data
verify_code.py           the code printed on every page; views.py finds the edition it came from
"""
