"""What just happened: watched feeds become releases, and releases become drafts at the desk.

`clean`, `dates`, `identity` and `decide` are pure; `parse` runs a child process, `poll` acts.
"""
