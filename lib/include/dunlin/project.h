/*
 * A project: the folder with dunlin.yaml, definitions, migrations and seeds, and the targets its commands act
 * on.
 *
 *     schema: schema              folder of the definitions
 *     migrations: migrations      folder of the migrations
 *     seeds: seeds                folder of the seeds
 *     demo:                       what made up rows look like: locale, seed, and of single columns like,
 * words, values, min, customers.plan: { values: [free, pro] }      max, null, skip (see <dunlin/demo.h>)
 *     seed_options:               of single files or tables: mode, key, and for CSV delimiter, quote, null
 *       customers: { mode: sync, key: code }
 *     scratch: auto               auto, or the URL of a server where scratch databases may be made
 *     history: dunlin_history     the history table, may be qualified (schema.table)
 *     lock_timeout: 10s           how long to wait for another run; see dun_duration_parse
 *     ignore:                     what is no drift: patterns of names, with or without a kind before them
 *       - "tmp_*"
 *       - "index *.orders.*_old"
 *     compare: [owners, grants]   what is compared only on request: owners, grants (default privileges, too),
 * definers default_environment: dev    the one to use when none is chosen environments: dev:     { url:
 * "sqlite:dev.db" } prod:    { url: "${DATABASE_URL}", protected: true } shards:  { urls: [
 * "mysql://app@shard1/shop", "mysql://app@shard2/shop" ] } tenants: { discover: { url: "${ADMIN_URL}", query:
 * "SELECT url FROM tenants" }, concurrency: 32 } shops:   { url: "${SERVER_URL}", databases: "shop_*" }
 *       clients: { url: "${DATABASE_URL}", schemas: "client_*" }
 *
 * All keys are optional; an environment needs one of `url`, `urls` and `discover`. Relative folders, and
 * relative paths in sqlite URLs, start at the folder of the config.
 *
 * `databases` and `schemas` are patterns (*, ?, [a-z]) of the names of targets: the databases of the server
 * of `url`, or the schemas of its database, each with a history of its own. What belongs to the system is
 * never among them. On SQLite `databases` is a pattern of files in the folder that `url` names
 * (sqlite:FOLDER), and there are no schemas; on MySQL a schema is a database.
 *
 * In texts (not in `protected` and `concurrency`), ${NAME} stands for a variable, ${NAME:-text} for the text
 * when the variable is unset or empty, $$ for a dollar sign; any other dollar sign stands for itself.
 * Variables come from `variables` of the options (the process environment), then from the file `.env` beside
 * the config, whose lines are NAME=value, NAME='as it stands' or NAME="with \n, \", \\ and \$". What came
 * from a variable is shown in no message.
 *
 * The target is, in this order: the URL of the options; the environment named in the options; the variable
 * DATABASE_URL, if it is not empty (a relative sqlite path in it starts at the folder of the config); the
 * environment that `default_environment` names; the only environment there is. When the target comes from the
 * options' URL or from DATABASE_URL and an environment has that very URL, then that environment applies, so
 * that a protected database stays protected.
 *
 * A mistake in the config is told by dun_project_load with file, line and column, with one exception: the
 * URLs of an environment are looked at when they are asked for, since those of the others may need variables
 * that are not set here, and some commands need no target at all.
 */
#ifndef DUNLIN_PROJECT_H
#define DUNLIN_PROJECT_H

#include <dunlin/cancel.h>
#include <dunlin/demo.h>
#include <dunlin/error.h>
#include <dunlin/schema.h>
#include <dunlin/seed.h>

DUN_BEGIN_DECLS

typedef struct dun_project dun_project;

/*
 * Everything is copied. `config` and a sqlite path in `url` start at the current folder, whatever `folder`
 * is. `variables` are "NAME=value" texts, ended by NULL, such as environ.
 */
typedef struct dun_project_options {
    const char *folder;      /* of the project; NULL: the current one */
    const char *config;      /* the config file; NULL: dunlin.yaml in `folder`, if it is there */
    const char *environment; /* the name of the environment to act on; NULL: not chosen */
    const char *url;         /* the target, whatever the config says; NULL: none */
    char *const *variables;  /* NULL: none */
} dun_project_options;

#define DUN_PROJECT_OPTIONS_INIT     \
    {                                \
        NULL, NULL, NULL, NULL, NULL \
    }

/*
 * Reads the config and `.env`. It is fine when neither is there, unless the options name a config. Fails with
 * DUN_BAD_INPUT when the config is wrong, and with DUN_USAGE when it has no environment of the name that the
 * options ask for. `options` may be NULL. NULL is returned on failure. A project is used by one thread at a
 * time.
 */
DUN_API dun_project *dun_project_load(const dun_project_options *options, dun_error *error);
DUN_API void dun_project_free(dun_project *project); /* NULL is allowed */

/* All texts and arrays belong to the project. */

/* What relative paths of the config start at: the folder of the config, or that of the options when there is
 * none. */
DUN_API const char *dun_project_folder(const dun_project *project);
DUN_API const char *
dun_project_config(const dun_project *project); /* the config's path; NULL: there is none */

/* Folders that can be opened from the current one; they need not exist. */
DUN_API const char *dun_project_schema(const dun_project *project);
DUN_API const char *dun_project_migrations(const dun_project *project);
DUN_API const char *dun_project_seeds(const dun_project *project);

/* What `seed_options` says, one entry an option of a file, for dun_seed_options. */
DUN_API const dun_seed_setting *dun_project_seed_settings(const dun_project *project, size_t *ret_count);

/* Sets locale, seed and settings as `demo` says; what it does not say stays. */
DUN_API bool dun_project_demo(const dun_project *project, dun_demo_options *options, dun_error *error);

DUN_API const char *dun_project_scratch(const dun_project *project); /* a URL; NULL: auto */
DUN_API const char *dun_project_history(const dun_project *project); /* the table */
DUN_API int64_t dun_project_lock_timeout_ms(const dun_project *project);

/* What is compared only on request. */
typedef struct dun_compared {
    bool owners, grants, definers;
} dun_compared;

/* What `compare` asks for. */
DUN_API dun_compared dun_project_compared(const dun_project *project);

/* What `ignore` says, with its places. */
DUN_API const dun_ignore *dun_project_ignore(const dun_project *project, size_t *ret_count);

/* The environment that applies; NULL: none. Its name, whether it is protected, how many targets at once (0:
 * not said). */
DUN_API const char *dun_project_environment(const dun_project *project);
DUN_API bool dun_project_protected(const dun_project *project);
DUN_API unsigned dun_project_concurrency(const dun_project *project);

/*
 * The URLs to act on, one or several, with passwords: not to be shown. NULL on failure: DUN_USAGE when no
 * target was chosen or when the environment looks its targets up (see dun_project_discover), DUN_BAD_INPUT
 * when a URL is wrong or needs a variable that is not set.
 */
DUN_API const char *const *dun_project_targets(dun_project *project, size_t *ret_count, dun_error *error);

/* The same for any environment of the config, as `env:NAME` names one. */
DUN_API const char *const *dun_project_environment_targets(dun_project *project, const char *name,
                                                           size_t *ret_count, dun_error *error);

/* Does the environment that applies name several targets (or may, one day)? Then commands speak of a flock.
 */
DUN_API bool dun_project_is_flock(const dun_project *project);

/* Does it look its targets up, so that dun_project_targets does not know them? */
DUN_API bool dun_project_is_looked_up(const dun_project *project);

typedef struct dun_lookup_options {
    int64_t wait_ms;    /* how long to wait for a server that refuses connections; 0: not at all */
    FILE *echo;         /* every statement sent is written here; NULL: none */
    dun_cancel *cancel; /* NULL: nothing interrupts */
} dun_lookup_options;

#define DUN_LOOKUP_OPTIONS_INIT \
    {                           \
        0, NULL, NULL           \
    }

/*
 * dun_project_targets, and where the environment says so (`discover`, `databases`, `schemas`) the targets are
 * looked up: names in the order of their bytes, rows of a query as they come. Fails with DUN_BAD_INPUT when
 * nothing is found, or when a row is no URL, which is not quoted for it may hold a password; with
 * DUN_NO_CONNECTION and DUN_FAILED as connecting and asking do. `options` may be NULL.
 */
DUN_API const char *const *dun_project_find_targets(dun_project *project, const dun_lookup_options *options,
                                                    size_t *ret_count, dun_error *error);

/*
 * Does the environment that applies look its targets up? Then `*ret_url` and `*ret_query` say where and how:
 * each row's first column is the URL of a target. Where it does not, both are NULL. Fails as
 * dun_project_targets does.
 */
DUN_API bool dun_project_discover(dun_project *project, const char **ret_url, const char **ret_query,
                                  dun_error *error);

/* The names of all environments, in the order of the config. */
DUN_API const char *const *dun_project_environments(const dun_project *project, size_t *ret_count);

/* The value of a variable as ${NAME} would get it; NULL: not set. */
DUN_API const char *dun_project_variable(const dun_project *project, const char *name);

/* Something worth a sentence that is no failure: a line of .env that is no assignment, ... */
typedef struct dun_project_warning {
    const char *file;
    unsigned line; /* from 1; 0: the whole file */
    const char *message;
} dun_project_warning;

DUN_API const dun_project_warning *dun_project_warnings(const dun_project *project, size_t *ret_count);

/*
 * Reads a duration: "500ms", "10s", "2m", "1h", or a plain number of seconds; whole numbers, up to 24 days
 * (what every server can hold in a setting). Fails with DUN_USAGE.
 */
DUN_API bool dun_duration_parse(const char *text, int64_t *ret_ms, dun_error *error);

DUN_END_DECLS

#endif
