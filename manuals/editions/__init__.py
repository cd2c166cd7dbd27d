"""Editions: freezing the working draft, verifying a printed page.

services/freezing.py     the draft as entries in reading order, sealed under the hash of all they say
services/diffs.py        the words that differ between two wordings, kept once worked out
verify_code.py           the code printed on every page; views.py finds the edition it came from
"""
