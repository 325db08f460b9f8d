"""What surrounds every call, one concern a module. They are composed into one function when a method is registered."""
