"""An edition or the working draft as a Word file.

sources.py      which sections, of an edition or of the working draft
document.py     their entries as blocks (manuals/word/blocks.py)
tracking.py     two states of a document as one with tracked changes
exporting.py    what was asked for → bytes
"""
