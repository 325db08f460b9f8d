"""Running Tako for real: the image, compose, Kubernetes, backups, workflows."""
