"""Whether each process agrees with the law: checked by a person, for the words and the laws as they stood then.

standings.py      how a law stands, in one text: what a check is held against later
queries.py        the state of processes, the laws a process applies, the checks of one
services.py       checking a process
forms.py          what a person found, and the filter of the list
presentation.py   the list with its counts, the page of one process
"""
