/* Databases of a server as tenants; a schema is another word for a database here. */
#include "engine/mysql/tenants.h"

#include "engine/scratch.h"
#include "engine/tenants.h"

static bool databases(const struct db_url *url, const struct db_open_options *options, struct arena *arena,
                      struct engine_names *names, dun_error *error)
{
    return tenants_query(&engine_mysql, url, options,
                         "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN "
                         "('information_schema', 'mysql', 'performance_schema', 'sys')",
                         arena, names, error);
}

const struct engine_tenants mysql_tenants = {
    .databases = databases,
    .in_database = scratch_url,
    .schemas = databases,
    .in_schema = scratch_url,
};
