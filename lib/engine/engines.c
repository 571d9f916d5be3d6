/* The table of engines. */
#include "engine/engine.h"

#include "base/error.h"
#include "base/str.h"

#include <string.h>

static const struct dun_engine *const engines[] = {&engine_postgres, &engine_mysql, &engine_sqlite};

enum { ENGINE_COUNT = sizeof engines / sizeof *engines };

const struct dun_engine *engine_for_scheme(const char *scheme)
{
    for (size_t i = 0; i < ENGINE_COUNT; ++i)
        for (const char *const *known = engines[i]->schemes; *known; ++known)
            if (strcmp(*known, scheme) == 0)
                return engines[i];
    return NULL;
}

const struct dun_engine *engine_for_url(const struct db_url *url, dun_error *error)
{
    const struct dun_engine *engine = engine_for_scheme(url->scheme);
    if (engine)
        return engine;
    struct str known = STR_INIT;
    for (size_t i = 0; i < ENGINE_COUNT; ++i)
        for (const char *const *scheme = engines[i]->schemes; *scheme; ++scheme)
            str_printf(&known, "%s%s:", known.length ? ", " : "", *scheme);
    error_set(error, DUN_BAD_INPUT, "no engine for URLs that begin with \"%s:\"", url->scheme);
    error_hint(error, "known are %s", str_text(&known));
    str_free(&known);
    return NULL;
}
