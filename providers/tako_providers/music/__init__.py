"""Providers of music."""
