"""Asking experts and the central bureau what should become of a comment; what they advise stands beside the
recommendation."""
