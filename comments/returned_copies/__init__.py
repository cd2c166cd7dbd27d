"""What offices send back as Word files: copies of an edition that they changed, and the form แบบแสดงความคิดเห็น.

comment_form.py   what stands on the form (manuals/word_export/form.py writes it)
reading.py        files read and held against what went out (manuals/word_export), until somebody confirms
comment_sheet.py  the form as a spreadsheet; sheet_reading.py takes it in again
entry_names.py    what a person calls the entry by that a thing in a file is about
same_office.py    what two files of one office say of one clause
inputs.py         what a file says of an entry as what a person says about it
services/         taking in what was confirmed
jobs.py           both as long work
"""
