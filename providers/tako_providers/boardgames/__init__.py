"""Providers of board games."""
