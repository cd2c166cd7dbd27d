"""Searching the words of an edition.

search_query.py    what somebody looks for, and the words that texts are found by
clause_number.py   the number of a clause at the beginning of it
services.py        the index, made after freezing
queries.py         finding clauses and sections
vocabulary.py      the words of an edition, kept in memory
meant.py           what somebody meant who spelt it otherwise
answering.py       what was found for the words as typed, or for those that were meant
excerpts.py        the text around a match
presentation.py    what was found, as the page shows it
"""
