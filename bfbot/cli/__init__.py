"""Commands: each a few lines over the desk. Data goes to stdout, messages to stderr."""
