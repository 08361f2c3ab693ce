"""The team's accounts on the networks: their credentials, and whether they are all there."""
