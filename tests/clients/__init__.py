"""The clients of all languages: what they ship, and the Python one in detail. The table itself: make clients-test."""
