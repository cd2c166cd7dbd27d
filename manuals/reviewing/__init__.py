"""Asking a colleague or an expert to look at a process or a clause of the working draft.

queries.py        who may be asked, what waits for whom
places.py         where what was asked about stands now, or what has its words
services.py       sending, answering, closing and withdrawing a request
access.py         who reaches what: an expert the very words that were asked about, until the request is done with
presentation.py   the words as they stand, and the requests of a list
"""
