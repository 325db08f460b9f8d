"""The explorer in a real browser, before a real server and its gateway."""
