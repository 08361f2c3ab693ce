"""The sample workspace: practice accounts, two demo people, eight weeks of practice behind it.

Everything in it is made through the doors that the team uses, with the time as an argument: nothing is
written into the ledger past the desk, the publisher and the measuring.

files     the folder: the shipped campaigns, a sample feed
people    the two demo people
history   eight weeks of posts with their figures
opening   what a visitor sees in the first minute
newsroom  the feed that brings a release
prepare   all of it, in order
"""
