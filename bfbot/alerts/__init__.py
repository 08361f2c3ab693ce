"""Tell a person at once, and once.

seen            what is looked at, and what is found to be wrong in it (pure)
decide          what is wrong now, and what of it is to be told (pure)
silence         a feed that is read and brings nothing: when that is long for it (pure)
wording         the message that says so (pure)
gather          what the ledger and the files know of it
tell            the unit of work: gather, decide, send, write down
without_ledger  the one alert about the ledger itself
sender          hands a message to the team's addresses, in a process of its own
sender_child    that process: apprise
"""
