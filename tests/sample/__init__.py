"""The sample workspace, as a visitor meets it."""
