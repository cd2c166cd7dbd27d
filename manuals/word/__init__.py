"""The only door to Word files.

package.py      opening one, taken as hostile
numbers.py      how Word writes a number: Thai digits, letters, words, Roman ones
numbering.py    which number a paragraph shows: styles, restarts, overrides
reading.py      the paragraphs and tables as lines of a SourceDocument
paragraph_words.py   the words of one paragraph; table_rows.py: those of a table
margin_notes.py      remarks beside words; notes.py: footnotes
pictures.py     pictures that are kept; drawings.py: what is drawn otherwise; symbols.py, looks.py: signs and looks
elements.py     what is asked of single elements
blocks.py       what a file is to have; writing.py makes the file
tracking.py     two states of a file as one with tracked changes
"""
