"""Editions out and in again as data: JSON that another portal reads back, Akoma Ntoso for the world of laws.

edition_json.py     an edition as JSON, the same bytes whenever it is asked for
reading.py          such a file, taken as hostile: every word of it is checked before anything is stored
queries.py          what a file would do to this portal
services/           taking it in as an archival edition
akoma_ntoso/        an edition as an Akoma Ntoso document
exporting.py        an edition in either form, as the command and the job write it
"""
