"""The explorer: the page at ``/`` that searches, shows items and tells how providers are. ``page`` holds its files."""
