"""An edition or the working draft as a Word file.

sources.py      which sections, of an edition or of the working draft
document.py     their entries as blocks (manuals/word/blocks.py)
exporting.py    what was asked for → bytes
form.py         a form with a row to fill in below each clause
sent_words.py   what went out, ready for files that come back
comparing_returned.py   what somebody changed in such a file, told of the entry it is about (returned.py)
comparing_form.py   what somebody filled in; comparison.py has what both do
moved.py        what stands at another place in it
beside_text.py  what it says beside its text
"""
