"""The table and function of the limiter that replicas share; engine/shared_limiter.py asks them."""

STATEMENTS = (
    """
CREATE TABLE IF NOT EXISTS tako_limiter (
    provider text PRIMARY KEY,
    starts double precision[] NOT NULL DEFAULT '{}', -- in order, Unix seconds
    held_until double precision NOT NULL DEFAULT 0,
    span double precision NOT NULL DEFAULT 0 -- the longest window that was ever asked for
) WITH (fillfactor = 50)
""",
    """
CREATE OR REPLACE FUNCTION tako_limiter_reserve(
    who text, calls int[], seconds double precision[], wait double precision, not_before double precision,
    OUT start double precision, OUT delay double precision
) LANGUAGE plpgsql AS $$
DECLARE
    kept double precision[];
    held double precision;
    longest double precision;
    instant double precision;
    nth int;
BEGIN
    -- A start that a crash forgets is no harm; waiting for the disk would be.
    PERFORM set_config('synchronous_commit', 'off', true);
    INSERT INTO tako_limiter (provider) VALUES (who) ON CONFLICT DO NOTHING;
    SELECT starts, held_until, greatest(span, (SELECT max(w) FROM unnest(seconds) w)) INTO kept, held, longest
        FROM tako_limiter WHERE provider = who FOR UPDATE;
    instant := extract(epoch FROM clock_timestamp()); -- once the row is ours
    -- Drop what no window sees, and what a clock that was set back has left in the far future: nobody waits so long.
    SELECT coalesce(array_agg(s ORDER BY s), '{}') INTO kept FROM unnest(kept) s
        WHERE s > instant - longest AND s < instant + 600;
    start := greatest(instant + not_before, least(held, instant + 86400), kept[cardinality(kept)]);
    FOR i IN 1 .. cardinality(calls) LOOP
        nth := cardinality(kept) - calls[i] + 1;
        IF nth >= 1 THEN
            start := greatest(start, kept[nth] + seconds[i]);
        END IF;
    END LOOP;
    delay := start - instant;
    IF delay <= wait THEN
        UPDATE tako_limiter SET starts = kept || start, span = longest WHERE provider = who;
    END IF;
END $$
""",
)
