"""What the meeting has considered, for who takes part: by group, with what became of it so far."""
