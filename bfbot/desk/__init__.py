"""People decide here. The only door by which posts come to be, and by which they change.

writing      a draft is written or rewritten; proofing: what exactly goes out, for preview, submission and check
submitting   it is written out for each account, judged, and laid before an approver
approving    the second pair of eyes says yes; mended: the author may, to an approver's edit
review       all that people decide about a post: the two above, and reject, send back, withdraw, retry
sitting      a week's waiting posts for one sitting; together: many approved, each by itself
pairs        a post and its version in the other language
settling     what became of a post that may be live; in_doubt and tried: what is known of it
standing     approve what comes back; signed: what such a signature was put under
automatic    posts that a posting time or a feed brings; clips_ahead: their clips are taken in before
stops        pause and resume; clearing: one post through a pause; backlog: what was not sent in time
seasons      what is decided before an election; season_effects: what a period affects; signing_off: what is kept
judging      what the rules say, before any of it; rulebook: which rules; judging_many, gathering: of many posts
laid_out     a post before its judges by itself; neighbours: what others say nearby; vouching: what still holds
link_check   the pages behind a post's links
binding      what an approval is bound to; moving: whether it outlives a move; claims: what a word on it settles
going_live   an account goes live, by two people, and back; muted: on which accounts nothing goes out by itself
rechecking   what waits is looked at again when a statistic changes; rights_over: when rights end
corrections  what is live with an old figure; where_used: where a picture or a consent is
about_people names and quoted words, for the rules; quotes: who agreed; library_copies: uploads of the library's
other_owners a named organisation signs a post off; joint: which posts name one; owners_agreed: who did, for
             the rules; named_in_messages: for evergreen posts; unsigned: for the alerts
people       who may do it
"""
