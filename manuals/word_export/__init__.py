"""An edition or the working draft as a Word file.

sources.py      which sections, of an edition or of the working draft
document.py     their entries as blocks (manuals/word/blocks.py)
exporting.py    what was asked for → bytes
form.py         a form with a row to fill in below each clause
returned.py     what somebody changed in a file of ours, told of the entry it is about
"""
