"""Showing one manual or one process of the working draft to somebody without an account, by a capability link.

queries.py        links of their makers, with when they were last opened; which link an address means
services.py       making a link, calling it back, opening it with its password
access.py         who makes and calls back; what a browser has opened
views/links.py    for who makes links; views/opened.py for who follows one
"""
