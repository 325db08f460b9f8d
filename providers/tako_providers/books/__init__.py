"""Providers of books and their authors."""
