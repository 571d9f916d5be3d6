/* Databases of a server and schemas of a database as tenants. */
#include "engine/tenants.h"
#include "base/str.h"
#include "engine/postgres/rooms.h"
#include "engine/scratch.h"
#include "sql/quote.h"

#include <string.h>

static bool databases(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                      struct engine_names *names, dun_error *error)
{
    return tenants_query(
        &engine_postgres, url, options,
        "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate "
        "AND pg_catalog.has_database_privilege(datname, 'CONNECT')",
        arena, names, error);
}

static bool schemas(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                    struct engine_names *names, dun_error *error)
{
    return tenants_query(&engine_postgres, url, options,
                         "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%' "
                         "AND nspname <> 'information_schema' "
                         "AND pg_catalog.has_schema_privilege(oid, 'USAGE')",
                         arena, names, error);
}

/* Names of small letters and digits stand for themselves in a search_path, and are easier to read. */
static const char *written(struct arena *arena, const char *name)
{
    struct str quoted = STR_INIT;
    bool starts_well = (name[0] >= 'a' && name[0] <= 'z') || name[0] == '_';
    if (starts_well && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0')
        return name;
    sql_quote_identifier(&quoted, SQL_POSTGRESQL, name);
    const char *copy = arena_strdup(arena, str_text(&quoted));
    str_free(&quoted);
    return copy;
}

static const struct db_url *in_schema(struct arena *arena, const struct db_url *url, const char *name)
{
    return scratch_url_with(arena, url, "search_path", written(arena, name));
}

static const struct db_url *without_schema(struct arena *arena, const struct db_url *url)
{
    struct db_url *whole = db_url_copy(arena, url);
    whole->option_count = 0;
    for (size_t i = 0; i < url->option_count; ++i)
        if (strcmp(url->options[i].name, "search_path") != 0)
            whole->options[whole->option_count++] = url->options[i];
    return whole;
}

static const char *enter(struct arena *arena, const char *schema)
{
    return arena_printf(arena, "SET search_path = %s", written(arena, schema));
}

/* The one schema of a search_path; a path of several is no target of its own, and neither is the schema that
 * is there anyway. */
static const char *schema_of(struct arena *arena, const struct db_url *url)
{
    const char *path = db_url_option(url, "search_path");
    size_t length = path ? strlen(path) : 0;
    if (length == 0 || strcmp(path, "public") == 0)
        return NULL;
    if (path[0] != '"')
        return strpbrk(path, ", \t\"$") ? NULL : path;
    const char *end = strchr(path + 1, '"');
    return end == path + length - 1 ? arena_strndup(arena, path + 1, length - 2) : NULL;
}

const struct engine_tenants postgres_tenants = {
    .databases = databases,
    .in_database = scratch_url,
    .schemas = schemas,
    .in_schema = in_schema,
    .without_schema = without_schema,
    .schema_of = schema_of,
    .written = written,
    .enter = enter,
};
