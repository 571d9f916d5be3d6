/* dun_drift_write_adoption: the migration that makes the migrations say what the database is. */
#include "base/error.h"
#include "drift/drift.h"
#include "sql/unqualified.h"

#include <dunlin/migrate.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool write_text(const char *file, const char *text, dun_error *error)
{
    FILE *stream = fopen(file, "w");
    bool good = stream && fputs(text, stream) >= 0;
    int cause = errno;
    if (stream && fclose(stream) != 0) {
        cause = errno;
        good = false;
    }
    if (good)
        return true;
    error_set(error, DUN_FAILED, "cannot write the file: %s", strerror(cause));
    error_at(error, file, 0, 0);
    return false;
}

static bool check(const dun_drift *drift, dun_error *error)
{
    if (!drift->from_migrations) {
        error_set(error, DUN_USAGE, "the database was compared with %s, and not with its migrations",
                  drift->source);
        error_hint(
            error,
            "take over definitions with dunlin inspect; a migration is for a database that has a history");
        return false;
    }
    if (drift->differences.count == 0)
        return error_set(error, DUN_USAGE, "there is nothing to adopt: the database is what it should be");
    if (drift->pending[0]) {
        error_set(error, DUN_USAGE,
                  "migrations are pending, such as %s: what is adopted would come after them",
                  drift->pending[0]);
        error_hint(error, "apply them first: dunlin up");
        return false;
    }
    if (drift->adopt && drift->fix)
        return true;
    return error_set(error, DUN_FAILED, "the SQL of the migration cannot be said: %s",
                     drift->adopt ? drift->fix_problem : drift->adopt_problem);
}

/* A tenant's migrations are those of all tenants. */
static const char *for_all(struct arena *arena, const dun_drift *drift, const char *sql)
{
    return drift->schema ? sql_unqualified(arena, drift->dialect, sql, drift->schema) : sql;
}

static bool write_both(const dun_drift *drift, const char *up, const char *down, dun_error *error)
{
    struct arena *arena = arena_new();
    bool good = write_text(up, for_all(arena, drift, drift->adopt), error) &&
                write_text(down, for_all(arena, drift, drift->fix), error);
    arena_free(arena);
    return good;
}

bool dun_drift_write_adoption(const dun_drift *drift, const dun_drift_options *options, const char *name,
                              char **ret_up_file, char **ret_down_file, dun_error *error)
{
    char *up = NULL, *down = NULL;
    if (!check(drift, error) || !dun_migrate_new(options->schema.migrations, name, &up, &down, error))
        return false;
    if (!write_both(drift, up, down, error)) {
        unlink(up);
        unlink(down);
        dun_text_free(up);
        dun_text_free(down);
        return false;
    }
    *ret_up_file = up;
    *ret_down_file = down;
    return true;
}
