/*
 * Writing migrations, and trying them: what a developer does before anybody runs them. The folders of
 * migrations and definitions, and the server where they are tried, are those of the dun_schema_options.
 */
#ifndef DUNLIN_AUTHORING_H
#define DUNLIN_AUTHORING_H

#include <dunlin/error.h>
#include <dunlin/migrate.h>
#include <dunlin/plan.h>
#include <dunlin/schema.h>

DUN_BEGIN_DECLS

/* The next migration, from the difference between what the migrations produce and the definitions. */
typedef struct dun_written dun_written;

/*
 * Compares both, plans the way there and the way back, tries each plan on a scratch copy, and writes both
 * files, with what is dangerous in comments. Without a difference nothing is written. A way there that cannot
 * be planned and proven is a failure; without a way back there is only the up file, and a warning says why.
 * NULL on failure.
 */
DUN_API dun_written *dun_migrate_write(const dun_schema_options *options, const char *name, dun_error *error);
DUN_API void dun_written_free(dun_written *written);                   /* NULL is allowed */
DUN_API const char *dun_written_up_file(const dun_written *written);   /* NULL: there is no difference */
DUN_API const char *dun_written_down_file(const dun_written *written); /* NULL: none was written */
DUN_API const dun_plan *dun_written_plan(const dun_written *written);  /* the way there */
DUN_API const dun_warning *dun_written_warnings(const dun_written *written, size_t *ret_count);

/* What reading both sides has cost. */
DUN_API uint64_t dun_written_statements(const dun_written *written);
DUN_API uint64_t dun_written_round_trips(const dun_written *written);

/* What came of trying a migration. */
enum dun_verdict {
    DUN_VERDICT_GOOD,       /* down undoes up, and up works again */
    DUN_VERDICT_NO_DOWN,    /* it has no down file, so only up was tried */
    DUN_VERDICT_NOT_UNDONE, /* after down, the schema is not what it was before up */
    DUN_VERDICT_NOT_AGAIN   /* the second up has another effect than the first */
};

typedef struct dun_verified {
    const char *version, *name, *up_file, *down_file;
    enum dun_verdict verdict;
    const char *const *differences; /* sentences, ended by NULL: what is not as it should be */
} dun_verified;

typedef struct dun_verify dun_verify;

/*
 * Replays all migrations in a scratch place: up, down, up again. Then compares the end with the definitions,
 * if there is such a folder. `observe` (or NULL) hears of each migration as DUN_EVENT_STATEMENT. A migration
 * whose SQL fails is a failure with its place (DUN_BAD_INPUT), as is all that keeps migrations from being
 * tried; what differs is none. NULL on failure.
 */
DUN_API dun_verify *dun_migrate_verify(const dun_schema_options *options,
                                       void (*observe)(void *user, const dun_event *event), void *user,
                                       dun_error *error);
DUN_API void dun_verify_free(dun_verify *verify); /* NULL is allowed */
DUN_API const dun_verified *dun_verify_migrations(const dun_verify *verify,
                                                  size_t *ret_count); /* by version */
DUN_API const dun_warning *dun_verify_warnings(const dun_verify *verify, size_t *ret_count);

/* What differs between the end of the migrations and the definitions: sentences, ended by NULL. NULL: there
 * are no definitions. */
DUN_API const char *const *dun_verify_differences(const dun_verify *verify);

/* Every migration is undone by its down file, or has none, and the end is what the definitions say. */
DUN_API bool dun_verify_is_good(const dun_verify *verify);

/* What trying the migrations and reading the definitions has cost. */
DUN_API uint64_t dun_verify_statements(const dun_verify *verify);
DUN_API uint64_t dun_verify_round_trips(const dun_verify *verify);

DUN_END_DECLS

#endif
