"""What the screen of a room shows."""
