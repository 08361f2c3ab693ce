"""May we say it? One small pure file for each family of rules; the list is in catalogue.py."""
