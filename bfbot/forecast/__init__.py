"""What comes if nobody touches anything: schedules, rules and pauses played forward. Nothing is stored or sent.

situation   all that is known at the start (data)
gather      reads it, once and in bulk
pictures    pictures as rules ask about them, without drawing or storing any
imagined    posts and approvals that do not exist (pure)
word_rules  rules about words, asked only where their answer may turn (pure)
judge       the rules of the desk, asked about what is imagined (pure)
signatures  whose standing approval covers a post on a day (pure)
fates       out, waiting for approval, or stopped, and why (pure)
play        posting time by posting time, as the planner would (pure)
outlook     what was found (data)
themes      themes with little or nothing to say (pure)
facts_due   statistics that expire or fall due for review (pure)
costs       what the posts would cost where a network has a price (pure)
grouped     what has one reason, told once (pure)
telling     sentences that page and command share (pure)
look_ahead  the door: gather, play, sum up
"""
