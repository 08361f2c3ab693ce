"""Django's SQLite with one door for writers: see `base.py`, which is the name Django looks for."""
