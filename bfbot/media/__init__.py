"""Pictures and clips: taken in and encoded anew, drawn as cards, kept by the digest of their bytes."""
