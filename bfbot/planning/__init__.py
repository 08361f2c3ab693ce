"""What to say when: the coming posting times, and whose turn it is.

occurrences  the moments that a posting time brings (pure)
rotation     which evergreen post's turn it is (pure)
plan         fills the days ahead, through the desk
"""
