"""How fast and how small: medians of several runs, each beside a peer or a limit of the machine in the same run.

figure      one measured line, and the median
workspace   workspaces to measure in, and a bfbot that runs in one
start       how long commands and `up` take to start
memory      what the process tree holds, at rest and while charts are drawn
work        files read, feeds read, posts published, history made
load        many posts: a thousand due at once (rush), a tick with a hundred thousand planned (tick)
queue       approved posts put straight into the ledger
network     a network that answers after 50 ms
peers       the things measured beside: an empty Django, bare libraries, bare SQLite
report      docs/benchmarks.md

    python -m bench
"""
