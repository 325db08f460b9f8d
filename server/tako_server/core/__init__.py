"""What Tako does with a question, without knowing how it came in or how an upstream is asked."""
