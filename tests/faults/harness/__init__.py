"""Random faults against real processes of bfbot, judged by what the networks' own ledgers say.

moments     one clock for the networks and every process, moved by the cycle
networks    four kinds of networks, each with a script of faults
orders      what a process is told to do
processes   makes processes: forked from one that has bfbot loaded, so that a start takes milliseconds
publisher   a process that publishes, and kills or stops itself at a step
people      processes of the desk: write, approve, pause, settle
cycle       one round of faults and recovery
judge       what the networks' ledgers and bfbot's say about it
races       a pause against a claim, thousands of times
table       what is printed
"""
