"""Searching the words of an edition.

search_query.py    what somebody looks for, and the words that texts are found by
services.py        the index, made after freezing
queries.py         finding clauses and sections
excerpts.py        the text around a match
presentation.py    what was found, as the page shows it
"""
