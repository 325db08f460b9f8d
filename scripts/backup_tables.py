"""What a backup holds, and what refuses one. scripts/backup.py and scripts/restore.py share it."""

KEPT = (
    "discovery_cache",
    "tako_generation",
    "tako_job_run",
    "tako_provider_off",
    "tako_state",
    "tako_translation",
)
"""The tables whose rows are backed up. Those that a store lacks are left out."""
PASSING = ("tako_browser_slot", "tako_instance", "tako_lease", "tako_limiter")
"""What is true of this moment only, and would be wrong later: who lives, who asks what, who asked how often."""
STEPS = "tako_migrations"
"""Which tables there are. It goes into a backup to be compared, and is never restored."""
PURGES = "purges"
"""The number in tako_generation that, when it grows, lets every running server forget what it has in memory."""


class Refused(Exception):
    """It was not done, and nothing was changed. ``str(error)`` is one line that says why."""


def check_step(backup: int, store: int) -> None:
    """Raise Refused when the backup is of a later version of Tako than the store."""
    if backup > store:
        raise Refused(
            f"the backup was made by a later version of Tako: its tables are at step {backup}, those here at {store}. "
            "Start that version once, then restore"
        )
