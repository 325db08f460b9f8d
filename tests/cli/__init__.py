"""The command line, against a server that answers what a test puts in its mouth."""
