"""The heartbeat: a clock that only ticks, workers that do units of work, and the process around them.

port       what a unit of work is, and what runs units
embedded   units in a bounded pool of threads of this process
units      the units there are, each safe to run twice
clock      which unit is handed over when; beating: APScheduler, with a main loop that looks at the clock itself
process    `up` and `worker`: start, run, stop; serve: the pages; first_run: the first admin
one_pass   `once`
one_arena  memory that is freed is used again
database   there, not from the future, migrated
lock       one bfbot a workspace
backup     everything in one file, while it runs; backup_rotation: which are kept
restore    puts one back; restore_checks: whether it is whole
health     the pulse of the process, and what /readyz says; health_watch tells people
metrics    what Prometheus is told; metrics_attempts: of requests to networks; metrics_text: in its format
logs       one JSON object a line, without what secrets names
"""
