"""What offices send back as Word files: the form แบบแสดงความคิดเห็น, and copies of an edition that they changed.

comment_form.py   what stands on the form (manuals/word_export/form.py writes it)
"""
