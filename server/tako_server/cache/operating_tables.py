"""What operators and jobs need in a store: the question of each answer, the runs of the jobs, what is switched off.

The small tables are the same in PostgreSQL and in SQLite; ``cache/tables.py`` asks them. Times are Unix seconds.
"""

SMALL_TABLES = (
    """
CREATE TABLE tako_job_run (
    id text NOT NULL PRIMARY KEY,
    job text NOT NULL,
    due double precision, -- null where somebody asked for the run
    started double precision NOT NULL,
    beat double precision NOT NULL, -- a run that has not ended, and does not beat, is dead
    finished double precision,
    outcome text NOT NULL,
    counts text NOT NULL,
    message text NOT NULL,
    runner text NOT NULL,
    manual boolean NOT NULL
)
""",
    # These two make a run start once, whoever tries: nothing is due twice, and nothing runs twice at the same time.
    "CREATE UNIQUE INDEX tako_job_run_due ON tako_job_run (job, due)",
    "CREATE UNIQUE INDEX tako_job_run_running ON tako_job_run (job) WHERE finished IS NULL",
    "CREATE INDEX tako_job_run_started ON tako_job_run (job, started)",
    """
CREATE TABLE tako_provider_off (
    provider text NOT NULL PRIMARY KEY,
    reason text NOT NULL,
    since double precision NOT NULL
)
""",
    # Numbers that grow when something was done that every replica must take in.
    "CREATE TABLE tako_generation (name text NOT NULL PRIMARY KEY, number bigint NOT NULL)",
)
"""A server that keeps no answers has these alone, in memory."""
POSTGRES = ("ALTER TABLE discovery_cache ADD COLUMN question bytea", *SMALL_TABLES)
SQLITE = ("ALTER TABLE discovery_cache ADD COLUMN question BLOB", *SMALL_TABLES)
