"""Asking one provider everything that its manifest promises, once, to see what still answers.

An operator's tool, never scheduled: upstreams are asked as often as somebody types the command.
"""
