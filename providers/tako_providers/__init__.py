"""The providers of Tako: one upstream source a file, grouped by domain."""
