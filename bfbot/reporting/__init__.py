"""Tell the team: the weekly reach report, its charts and its exports."""
