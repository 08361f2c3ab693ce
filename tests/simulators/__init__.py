"""Stand-ins for the networks, on the loopback interface, strict about what they accept."""
