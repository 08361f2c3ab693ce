"""People decide here. The only door by which posts come to be, and by which they change.

writing     a draft is written or rewritten
submitting  it is written out for each account, judged, and laid before an approver
approving   the second pair of eyes says yes
review      all that people decide about a post: the two above, and reject, send back, withdraw, retry
settling    what became of a post that may be live; in_doubt and tried: what is known of it
standing    approve what comes back; signed: what such a signature was put under
automatic   posts that a posting time or a feed brings
stops       pause and resume; clearing: one post through a pause; backlog: what was not sent in time
seasons     what is decided before an election; season_effects: what a period affects; signing_off: what is kept
judging     what the rules say, before any of it
binding     what an approval is bound to; moving: whether it outlives a move; claims: what a word on it settles
going_live  an account goes live, by two people, and back; muted: on which accounts nothing goes out by itself
people      who may do it
"""
