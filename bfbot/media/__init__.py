"""Pictures and clips: taken in and written anew, drawn as cards, kept by the digest of their bytes."""
