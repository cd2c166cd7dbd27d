"""The only door to Word files.

package.py      opening one, taken as hostile
numbers.py      how Word writes a number: Thai digits, letters, words, Roman ones
numbering.py    which number a paragraph shows: styles, restarts, overrides
reading.py      the paragraphs and tables as lines of a SourceDocument
blocks.py       what a file is to have; writing.py makes the file
tracking.py     two states of a file as one with tracked changes
"""
