/* What is lost by renames, drops and CREATE OR REPLACE, and is no difference: grants on single objects and
 * columns, and whether definers can be named. Read only for a plan that has to give them back. For catalog.c.
 */
#include "base/error.h"
#include "base/str.h"
#include "base/vector.h"
#include "db/result.h"
#include "engine/mysql/catalog_reading.h"
#include "engine/scratch.h"
#include "sql/quote.h"

#include "embedded/engine/mysql/catalog_grants.sql.h"

#include <string.h>
#include <strings.h>

/* The order of the columns of catalog_grants.sql. */
enum grant_column { ON_KIND, ON_NAME, ON_COLUMN, TO_USER, TO_HOST, PRIVILEGES };

/* The server keeps names of routines in lower case. */
static struct schema_object *find(const struct catalog *catalog, const enum schema_kind *kinds, size_t count,
                                  const char *name)
{
    size_t object_count;
    struct schema_object *const *objects = catalog_objects(catalog, &object_count);
    for (size_t i = 0; i < object_count; ++i)
        for (size_t k = 0; k < count; ++k)
            if (objects[i]->kind == kinds[k] && strcasecmp(objects[i]->name, name) == 0)
                return objects[i];
    return NULL;
}

static struct schema_object *routine_of(const struct catalog *catalog, const char *type, const char *name)
{
    enum schema_kind kind = strcmp(type, "FUNCTION") == 0    ? SCHEMA_FUNCTION
                            : strcmp(type, "PROCEDURE") == 0 ? SCHEMA_PROCEDURE
                                                             : SCHEMA_PACKAGE;
    return find(catalog, &kind, 1, name);
}

static struct schema_object *table_of(const struct catalog *catalog, const char *name)
{
    static const enum schema_kind kinds[] = {SCHEMA_TABLE, SCHEMA_VIEW, SCHEMA_SEQUENCE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
        struct schema_object *found = catalog_find(catalog, kinds[i], NULL, NULL, name);
        if (found)
            return found;
    }
    return NULL;
}

/* `*ret_column`: the grant is on that column of what is given, which is no object of its own. */
static struct schema_object *granted(const struct catalog *catalog, const dun_result *rows, size_t row,
                                     const char **ret_column)
{
    const char *kind = result_text(rows, row, ON_KIND), *name = result_text(rows, row, ON_NAME);
    bool on_column = strcmp(kind, "COLUMN") == 0;
    *ret_column = NULL;
    if (!on_column && strcmp(kind, "TABLE") != 0)
        return routine_of(catalog, kind, name);
    struct schema_object *table = table_of(catalog, name);
    if (!on_column || !table)
        return table;
    if (table->kind == SCHEMA_TABLE)
        return catalog_find(catalog, SCHEMA_COLUMN, NULL, table, result_text(rows, row, ON_COLUMN));
    *ret_column = result_text(rows, row, ON_COLUMN);
    return table;
}

/* What the stored word is in GRANT. */
static const char *privilege(const char *word)
{
    static const char *const others[][2] = {{"Grant", "GRANT OPTION"},
                                            {"Delete versioning rows", "DELETE HISTORY"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        if (strcmp(word, others[i][0]) == 0)
            return others[i][1];
    return word;
}

static const char *on_column(struct arena *arena, const char *meant, const char *column)
{
    struct str text = STR_INIT;
    str_printf(&text, "%s (", meant);
    sql_quote_identifier(&text, SQL_MYSQL, column);
    str_append_char(&text, ')');
    const char *copy = arena_strdup(arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* "Select,Insert"; empty where a row is there for what stands in another table. */
static void take_privileges(struct catalog_reading *reading, struct catalog_texts *texts, const char *words,
                            const char *column)
{
    while (*words) {
        size_t length = strcspn(words, ",");
        char *word = arena_strndup(reading->scratch, words, length);
        const char *meant = privilege(word);
        if (meant == word)
            for (char *at = word; *at; ++at)
                *at = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
        *vector_add(reading->scratch, texts) = column ? on_column(reading->scratch, meant, column) : meant;
        words += length + (words[length] == ',');
    }
}

static void take_earlier(struct catalog_reading *reading, struct catalog_texts *texts,
                         const struct schema_object *grant)
{
    const struct schema_value *privileges = catalog_value(grant, ATTRIBUTE_PRIVILEGES);
    for (size_t i = 0; privileges && i < privileges->count; ++i)
        *vector_add(reading->scratch, texts) = privileges->texts[i];
}

/* Who creates a routine may run and alter it anyway, and who reads is who creates. */
static bool goes_without_saying(const struct catalog_reading *reading, const struct schema_object *object,
                                const char *account)
{
    return (object->kind == SCHEMA_FUNCTION || object->kind == SCHEMA_PROCEDURE ||
            object->kind == SCHEMA_PACKAGE) &&
           strcmp(account, reading->account) == 0;
}

static void read_grant(struct catalog_reading *reading, const dun_result *rows, size_t row)
{
    struct catalog_texts texts = {0};
    const char *column;
    struct schema_object *object = granted(reading->catalog, rows, row, &column);
    const char *account = mysql_engine_catalog_account(
        reading->scratch, arena_printf(reading->scratch, "%s@%s", result_text(rows, row, TO_USER),
                                       result_text(rows, row, TO_HOST)));
    if (!object || goes_without_saying(reading, object, account) || !*result_text(rows, row, PRIVILEGES))
        return;
    struct schema_object *grant = catalog_find(reading->catalog, SCHEMA_GRANT, NULL, object, account);
    if (grant)
        take_earlier(reading, &texts, grant);
    else
        grant = catalog_add(reading->catalog, SCHEMA_GRANT, NULL, object, account);
    take_privileges(reading, &texts, result_text(rows, row, PRIVILEGES), column);
    mysql_engine_catalog_set_texts(reading->catalog, grant, ATTRIBUTE_PRIVILEGES, &texts);
}

/* `*ret_rows` is NULL where the server refuses to tell: `*ret_reason`. */
static bool ask(dun_connection *connection, struct arena *arena, const char *sql, dun_result **ret_rows,
                const char **ret_reason, dun_error *error)
{
    dun_error *failure = dun_error_new();
    *ret_rows = NULL;
    bool read = db_query(connection, sql, ret_rows, failure);
    bool refused = !read && dun_error_code(failure) == DUN_FAILED;
    if (refused)
        *ret_reason = arena_strdup(arena, dun_error_message(failure));
    else if (!read)
        error_move(error, failure);
    dun_error_free(failure);
    return read || refused;
}

/* A user who may not look, or not grant, is told so where it matters: by the plan that loses grants. In
 * scratch places nobody is granted anything. */
bool mysql_engine_catalog_read_grants(struct catalog_reading *reading, dun_connection *connection,
                                      dun_error *error)
{
    dun_result *rows;
    const char *reason = NULL;
    if (scratch_is_name(reading->database))
        return true;
    if (!reading->may_grant) {
        catalog_add_unmodelled(reading->catalog, CATALOG_LOST_GRANTS,
                               arena_printf(reading->scratch, "%s may not grant them", reading->account));
        return true;
    }
    if (!ask(connection, reading->scratch, catalog_grants_sql, &rows, &reason, error))
        return false;
    for (size_t row = 0; rows && row < rows->rows; ++row)
        read_grant(reading, rows, row);
    if (!rows)
        catalog_add_unmodelled(reading->catalog, CATALOG_LOST_GRANTS, reason);
    dun_result_free(rows);
    return true;
}

static bool lets_name_definers(const char *grant)
{
    static const char *const privileges[] = {"ALL PRIVILEGES", "SUPER", "SET USER", "SET_USER_ID",
                                             "SET_ANY_DEFINER"};
    const char *place = strstr(grant, " ON *.* ");
    for (size_t i = 0; place && i < sizeof privileges / sizeof *privileges; ++i) {
        const char *at = strstr(grant, privileges[i]);
        if (at && at < place)
            return true;
    }
    return false;
}

static bool lets_grant(const char *grant)
{
    return strstr(grant, ".* TO ") && strstr(grant, " WITH GRANT OPTION");
}

bool mysql_engine_catalog_ask_rights(struct catalog_reading *reading, dun_connection *connection,
                                     dun_error *error)
{
    dun_result *rows;
    const char *reason;
    if (!ask(connection, reading->scratch, "SHOW GRANTS", &rows, &reason, error))
        return false;
    for (size_t row = 0; rows && row < rows->rows; ++row) {
        reading->may_name_definers |= lets_name_definers(result_text(rows, row, 0));
        reading->may_grant |= lets_grant(result_text(rows, row, 0));
    }
    dun_result_free(rows);
    return true;
}
