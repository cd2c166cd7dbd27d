"""An edition or the working draft as a Word file.

sources.py      which sections, of an edition or of the working draft
document.py     their entries as blocks (manuals/word/blocks.py)
exporting.py    what was asked for → bytes
"""
