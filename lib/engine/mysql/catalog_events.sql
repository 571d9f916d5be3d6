-- Without STARTS, an event starts when it is made, to the second. CREATED is told in the time zone of the session, STARTS in
-- the one of the event.
SELECT EVENT_NAME, EXECUTE_AT, INTERVAL_VALUE, INTERVAL_FIELD,
    CASE WHEN STARTS = CASE WHEN TIME_ZONE = @@time_zone THEN CREATED ELSE CONVERT_TZ(CREATED, @@time_zone, TIME_ZONE) END
        THEN NULL ELSE STARTS END,
    ENDS, STATUS, ON_COMPLETION, EVENT_COMMENT, SQL_MODE, TIME_ZONE, DEFINER
FROM information_schema.EVENTS
WHERE EVENT_SCHEMA = DATABASE()
