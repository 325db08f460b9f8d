"""gRPC: services, interceptors, health and reflection. Translates, delegates, returns."""
