"""Facts about recorded answers: one module a provider, one function a capture, written after reading the body."""
