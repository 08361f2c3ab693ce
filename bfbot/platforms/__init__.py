"""Where posts go: one file for each network, its contract in base.py, the list in registry.py."""
