"""Say it once: release, claim, send, record, read back. Deciders are pure; the acts around them are thin."""
