/* dunlin.yaml as a plain struct: values as they stand in the file, with their places. <dunlin/project.h> says
 * what they mean. */
#ifndef PROJECT_CONFIG_H
#define PROJECT_CONFIG_H

#include "base/arena.h"
#include "base/vector.h"
#include "project/expand.h"
#include "project/source.h"

#include <dunlin/demo.h>
#include <dunlin/error.h>
#include <dunlin/seed.h>

#include <stdbool.h>

struct config_environment {
    const char *name;
    struct place place;
    const char *targets_key;         /* which of "url", "urls" and "discover" it has */
    VECTOR(struct config_text) urls; /* of "url" (one) or "urls" */
    struct config_text discover_url, discover_query;
    struct config_text databases, schemas; /* patterns of names, beside "url"; at most one of them */
    bool is_protected;
    unsigned concurrency; /* 0: not said */
};

typedef VECTOR(struct config_text) config_texts;

struct config {
    struct source source;
    struct config_text schema, migrations, seeds, scratch, history, lock_timeout, default_environment;
    config_texts ignore, compare;
    VECTOR(struct config_environment) environments;
    VECTOR(dun_seed_setting) seed_settings;
    VECTOR(dun_demo_setting) demo_settings;
    struct config_text demo_locale, demo_seed;
};

/*
 * Checks keys, types, and how variables are written, and replaces none. Fails with DUN_BAD_INPUT at the
 * place. An empty document is a config without values.
 */
bool config_read(struct arena *arena, const struct source *source, struct config **ret_config,
                 dun_error *error);

/* NULL: there is none of that name. */
const struct config_environment *config_find_environment(const struct config *config, const char *name);

#endif
