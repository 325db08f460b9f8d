"""How one upstream is asked: HTTP, replay, recording, and what stands between a provider and them."""
