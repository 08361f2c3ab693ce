"""The words: frozen dataclasses and state graphs. Imports nothing of ours but errors."""
