"""What came of it: figures of posts and accounts as at a moment, only ever added."""
