"""A stand-in world: local GitHub, Discourse and Slack that behave as the real ones do, faults included.

`World` holds the three, serves them on the loopback interface, logs each request and shows what stands in the end.
"""
