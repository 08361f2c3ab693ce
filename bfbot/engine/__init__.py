"""The heartbeat: a clock that only ticks, workers that do units of work, and the process around them.

port       what a unit of work is, and what runs units
embedded   units in a bounded pool of threads of this process
units      the units there are, each safe to run twice
clock      APScheduler: which unit is handed over when
process    `up` and `worker`: start, run, stop
one_pass   `once`
one_arena  memory that is freed is used again
database   there, not from the future, migrated
lock       one bfbot a workspace
backup     everything in one file, while it runs; restore puts it back, after its checks
health     the pulse of the process, and what /readyz says; health_watch tells people
metrics    what Prometheus is told
logs       one JSON object a line, without what secrets names
"""
