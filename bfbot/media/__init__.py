"""Pictures: taken in and re-encoded, drawn as cards, kept by the digest of their bytes."""
