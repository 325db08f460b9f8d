"""Providers of construction toys."""
