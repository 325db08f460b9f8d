"""Providers of video games."""
