"""What a user notices of each provider, on bodies written for the tests."""
