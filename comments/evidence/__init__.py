"""The evidence pack: all that was heard, decided and printed of an edition in one file that proves itself without the
portal."""
