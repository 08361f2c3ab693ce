"""Random faults against real processes of bfbot, judged by what the networks' own ledgers say.

moments     one clock for the networks and every process, moved by the cycle
networks    five kinds of networks, each with a script of faults
orders      what a process is told to do
processes   makes processes: forked from one that has bfbot loaded, so that a start takes milliseconds
steps       where a process can be struck
publisher   a process that publishes, and kills or stops itself at a step
people      processes of the desk: write, approve, pause, settle, back up, restore
rounds      the faults, one kind a round
cycle       rounds of faults, recovery and judgement, all from one seed
ground      a workspace and its networks, for cycle after cycle
crew        several of them side by side
judge       what the networks' ledgers and bfbot's say about it
resent      on what ground requests were made again
races       a pause against a claim, thousands of times
table       what is printed
"""
