"""The tables of living instances and of the browsers that they share; engine/browser/shared_fleet.py asks them."""

STATEMENTS = (
    """
CREATE TABLE IF NOT EXISTS tako_instance (
    id text COLLATE "C" PRIMARY KEY,
    until timestamptz NOT NULL, -- dead when no heartbeat has come by then
    waits_until timestamptz -- it would like a slot
)
""",
    # Logged, unlike leases: a slot that a crash forgets would be one browser too many.
    """
CREATE TABLE IF NOT EXISTS tako_browser_slot (
    slot int PRIMARY KEY,
    instance text COLLATE "C" NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
""",
    """
CREATE OR REPLACE FUNCTION tako_browser_take(who text, most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    free int;
BEGIN
    PERFORM pg_advisory_xact_lock(x'74616B6F62'::bigint); -- "takob": one at a time
    SELECT n INTO free FROM generate_series(1, most) n
        WHERE NOT EXISTS (SELECT FROM tako_browser_slot s WHERE s.slot = n) ORDER BY n LIMIT 1;
    IF free IS NULL THEN
        UPDATE tako_instance SET waits_until = clock_timestamp() + INTERVAL '5 seconds' WHERE id = who;
    ELSE
        INSERT INTO tako_browser_slot (slot, instance) VALUES (free, who);
    END IF;
    RETURN free;
END $$
""",
)
