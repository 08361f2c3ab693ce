"""People decide here. The only door by which posts come to be, and by which they change.

writing   a draft is written or rewritten
review    submit, approve, reject, send back, withdraw, retry, settle
standing  approve what comes back
automatic posts that a posting time or a feed brings
stops     pause and resume
judging   what the rules say, before any of it
people    who may do it
"""
