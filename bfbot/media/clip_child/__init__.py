"""What runs by itself in a child process: a clip taken apart into pictures and sound, and both encoded anew.

bounds    how much time and memory the work on a clip may take
reading   which containers and codecs are read at all, and what a clip really holds
pictures  every picture upright, in plain colours, encoded anew
sound     every sample in stereo, in step with the pictures, encoded anew
writing   both into a fresh file, and a still

A hostile film may take its process down, fill the memory or never end; here that costs a child. Nothing in this
folder is imported by the process that starts the child, but for `bounds`.
"""
