"""Comments that say the same: proposed by the words they share, put together by a person, answered once."""
