"""What offices send back as Word files: copies of an edition that they changed, and the form แบบแสดงความคิดเห็น.

comment_form.py   what stands on the form (manuals/word_export/form.py writes it)
reading.py        files read and held against what went out (manuals/word_export/returned.py), until somebody confirms
inputs.py         what a file says of an entry as what a person says about it
services/         taking in what was confirmed
jobs.py           both as long work
"""
