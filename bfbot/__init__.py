"""bfbot: a campaign desk that says each thing once."""

__version__ = "0.1.0"
