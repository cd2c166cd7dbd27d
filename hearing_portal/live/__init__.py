"""Live streams: who may listen, and the hub that tells them. It knows channels and numbers, and nothing of what they
are about."""
