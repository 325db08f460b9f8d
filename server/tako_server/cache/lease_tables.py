"""The table of the leases that replicas take before they fetch; cache/leases.py asks it."""

STATEMENTS = (
    # Unlogged: a lease that a crash forgets is no harm.
    """
CREATE UNLOGGED TABLE IF NOT EXISTS tako_lease (
    key text COLLATE "C" PRIMARY KEY,
    owner text NOT NULL,
    until timestamptz NOT NULL
)
""",
)
