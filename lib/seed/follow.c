#include "seed/follow.h"

#include "base/error.h"
#include "base/str.h"
#include "db/result.h"
#include "sql/quote.h"

const struct seed_key *follow_key(const struct seed_table *table)
{
    for (size_t i = 0; i < table->key_count; ++i) {
        bool whole = true;
        for (size_t j = 0; j < table->keys[i].count; ++j)
            whole = whole && (table->keys[i].primary || table->columns[table->keys[i].columns[j]].not_null);
        if (whole)
            return &table->keys[i];
    }
    return NULL;
}

static const char *column(const struct follow *follow, const char *before, const struct seed_table *table,
                          size_t number)
{
    struct str text = STR_INIT;
    str_printf(&text, "%s.", before);
    sql_quote_identifier(&text, follow->tables->engine->dialect, table->columns[number].name);
    const char *copy = arena_strdup(follow->arena, str_text(&text));
    str_free(&text);
    return copy;
}

/* "A.x = B.x AND ..." for the columns of the key. */
static void append_same_key(struct str *sql, const struct follow *follow, const struct seed_table *table,
                            const char *one, const char *other)
{
    const struct seed_key *key = follow_key(table);
    for (size_t i = 0; i < key->count; ++i)
        str_printf(sql, "%s%s = %s", i ? " AND " : "", column(follow, one, table, key->columns[i]),
                   column(follow, other, table, key->columns[i]));
}

static void append_key(struct str *sql, const struct follow *follow, const struct seed_table *table,
                       const char *before)
{
    const struct seed_key *key = follow_key(table);
    for (size_t i = 0; i < key->count; ++i)
        str_printf(sql, "%s%s", i ? ", " : "", column(follow, before, table, key->columns[i]));
}

static bool run(struct follow *follow, struct str *sql, int64_t *ret_affected, dun_error *error)
{
    dun_result *result = NULL;
    bool good = db_query(follow->connection, str_text(sql), &result, error);
    if (good && ret_affected)
        *ret_affected = result->affected;
    if (!good)
        error_position(error, -1);
    dun_result_free(result);
    str_free(sql);
    return good;
}

static struct follow_table *find(struct follow *follow, const struct seed_table *table)
{
    for (size_t i = 0; i < follow->count; ++i)
        if (follow->items[i].table == table)
            return &follow->items[i];
    return NULL;
}

/* The temporary table with the keys of the rows of a table; empty, or those that meet the condition. */
static bool make_keys(struct follow *follow, struct follow_table *item, const char *where, dun_error *error)
{
    struct str sql = STR_INIT;
    if (!follow_key(item->table)) {
        error_set(error, DUN_BAD_INPUT, "the table %s has no key, so its rows cannot be followed",
                  item->table->full_name);
        error_hint(error, "capture it without --follow");
        return false;
    }
    item->keys = arena_printf(follow->arena, "dunlin_keys_%zu", (size_t)(item - follow->items) + 1);
    str_printf(&sql, "CREATE TEMPORARY TABLE %s AS SELECT ", item->keys);
    append_key(&sql, follow, item->table, item->table->sql);
    str_printf(&sql, " FROM %s WHERE ", item->table->sql);
    if (!item->named)
        str_append(&sql, "1 = 0");
    else
        str_printf(&sql, "(%s)", where ? where : "1 = 1");
    return run(follow, &sql, NULL, error);
}

static bool find_referred(struct follow *follow, const struct follow_table *from,
                          const struct seed_reference *reference, dun_error *error)
{
    struct str sql = STR_INIT;
    const struct seed_table *to = reference->to;
    str_append(&sql, "CREATE TEMPORARY TABLE dunlin_found AS SELECT DISTINCT ");
    append_key(&sql, follow, to, "dunlin_p");
    str_printf(&sql, " FROM %s JOIN %s dunlin_c ON ", from->keys, from->table->sql);
    append_same_key(&sql, follow, from->table, "dunlin_c", from->keys);
    str_printf(&sql, " JOIN %s dunlin_p ON ", to->sql);
    for (size_t i = 0; i < reference->count; ++i)
        str_printf(&sql, "%s%s = %s", i ? " AND " : "",
                   column(follow, "dunlin_c", from->table, reference->columns[i]),
                   column(follow, "dunlin_p", to, reference->referenced[i]));
    return run(follow, &sql, NULL, error);
}

/*
 * What was found and is not known yet; MySQL lets a statement name a temporary table only once, hence the
 * steps.
 */
static bool add_found(struct follow *follow, const struct follow_table *to, int64_t *ret_added,
                      dun_error *error)
{
    struct str sql = STR_INIT;
    str_printf(&sql, "DELETE FROM dunlin_found WHERE EXISTS (SELECT 1 FROM %s WHERE ", to->keys);
    append_same_key(&sql, follow, to->table, to->keys, "dunlin_found");
    str_append(&sql, ")");
    if (!run(follow, &sql, NULL, error))
        return false;
    str_printf(&sql, "INSERT INTO %s SELECT * FROM dunlin_found", to->keys);
    if (!run(follow, &sql, ret_added, error))
        return false;
    str_append(&sql, "DROP TABLE dunlin_found");
    return run(follow, &sql, NULL, error);
}

static bool follow_one(struct follow *follow, size_t from, const struct seed_reference *reference,
                       bool *ret_more, dun_error *error)
{
    struct follow_table *to = find(follow, reference->to);
    int64_t added = 0;
    if (!to) {
        to = &follow->items[follow->count++];
        to->table = reference->to;
        if (!make_keys(follow, to, NULL, error))
            return false;
    }
    if (!find_referred(follow, &follow->items[from], reference, error) ||
        !add_found(follow, to, &added, error))
        return false;
    *ret_more = *ret_more || added > 0;
    return true;
}

bool follow_references(struct follow *follow, const char *where, dun_error *error)
{
    for (size_t i = 0; i < follow->count; ++i)
        if (!make_keys(follow, &follow->items[i], where, error))
            return false;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < follow->count; ++i)
            for (size_t j = 0; j < follow->items[i].table->reference_count; ++j)
                if (!follow_one(follow, i, &follow->items[i].table->references[j], &more, error))
                    return false;
    }
    return true;
}
