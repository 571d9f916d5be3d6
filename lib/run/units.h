/*
 * Divides a script into units: what commits together, with the record of its progress. Pure: no database is
 * asked. Used by jobs.c, which runs units, and by whoever writes the journal of a run.
 */
#ifndef RUN_UNITS_H
#define RUN_UNITS_H

#include "base/arena.h"
#include "sql/splitter.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct run_unit {
    size_t first,
        end; /* statements first .. end-1 of the script; BEGIN, COMMIT and brackets among them are not sent */
    bool atomic;     /* they and the record of their progress are one transaction */
    bool repeatable; /* not atomic, but running it twice does no harm: it only changes settings of the session
                      */
};

struct run_units {
    struct run_unit *units;
    size_t count;
    bool session; /* some statement of the script changes settings of the session, be it before `start` */
};

/*
 * Units of the statements from `start` on, which may be inside of a BEGIN ... COMMIT. With
 * `ddl_in_transactions`, statements that join a transaction are gathered in one unit, else (MySQL) each is
 * one, for a DDL statement between two of them would commit the first. A script's own BEGIN ... COMMIT makes
 * a unit. Fails with DUN_BAD_INPUT and the place for a transaction of the script's own that cannot be
 * followed: ROLLBACK, COMMIT without BEGIN, BEGIN without COMMIT, a statement in it that refuses
 * transactions. `file` and `text` are what the script was split from.
 */
bool run_divide(struct arena *arena, bool ddl_in_transactions, const struct sql_script *script, size_t start,
                const char *file, const char *text, size_t length, struct run_units **ret_units,
                dun_error *error);

/* Is the statement sent at all? BEGIN, COMMIT and brackets are not: the units stand for them. */
bool run_is_sent(const struct sql_statement *statement);

#endif
