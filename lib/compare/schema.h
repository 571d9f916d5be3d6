/* What is behind <dunlin/schema.h>: a schema that was read, for report/ and for whoever writes files from it.
 */
#ifndef COMPARE_SCHEMA_H
#define COMPARE_SCHEMA_H

#include "source/catalog.h"
#include "source/git.h"

#include <dunlin/schema.h>

/* A call of the public interface, with its settings. */
struct schema_call {
    struct arena *arena;
    struct source_settings settings; /* complete */
};

struct dun_schema {
    struct schema_call call;
    struct source_catalog *source;
    const char *const *not_compared;
    const char *schema; /* it is of one schema of many, whose objects stand here, and whose SQL is to name
                           none; NULL: of a database */
};

/*
 * The settings that the options and the sources ask for, in the arena, where texts of the options are not
 * copied. Spellings are written to `ret_requests` (count of them).
 */
bool schema_settings(struct arena *arena, const dun_schema_options *options, const char *const *sources,
                     size_t count, struct source_settings *ret_settings, struct source_request *ret_requests,
                     dun_error *error);

/*
 * Where the definitions are in the git repository of the project: by where their folder is on disk; in a bare
 * repository, by its name. `revision` may be NULL: HEAD.
 */
struct source_revision schema_revision(const struct schema_call *call, const char *revision);

/* What was planned for the schema, as SQL that is to be shown or written. In the arena. */
const char *schema_written(const dun_schema *schema, struct arena *arena, const char *sql);

/*
 * The schema as SQL that makes it in an empty database, on the heap. Fails with DUN_FAILED for what the
 * engine cannot say.
 */
bool schema_sql(const dun_schema *schema, char **ret_sql, dun_error *error);

#endif
