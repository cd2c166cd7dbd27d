"""An edition as Akoma Ntoso 3.0 (OASIS LegalDocML), the form in which laws and rules are exchanged.

identifiers.py   eId, wId and GUID of each entry
markup.py        writing elements and texts
clauses.py       what a clause says, as elements
document.py      the whole document with its FRBR metadata
"""
