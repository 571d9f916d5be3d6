#include "seed/merge.h"

#include "engine/rows.h"
#include "sql/quote.h"

#include <inttypes.h>

/* Names of a work, quoted; freed all at once with the arena. */
struct names {
    struct arena *arena;
    enum sql_dialect dialect;
    const struct engine_rows *engine;
    const char *table, *stage;
};

static struct names names_of(const struct seed_works *works, const struct seed_work *work)
{
    const struct dun_engine *engine = works->tables->engine;
    struct arena *arena = arena_new();
    return (struct names){arena, engine->dialect, engine->rows, work->table->sql,
                          work->stage ? sql_quoted_identifier(arena, engine->dialect, work->stage) : ""};
}

static const char *column(const struct names *names, const struct seed_work *work, size_t i)
{
    return sql_quoted_identifier(names->arena, names->dialect,
                                 work->table->columns[work->columns[i].number].name);
}

static const char *of(const struct names *names, const char *table, const char *column)
{
    return arena_printf(names->arena, "%s.%s", table, column);
}

/* The column of the stage that says whether a row has column `i`. */
static const char *presence(const struct names *names, size_t i)
{
    return arena_printf(names->arena, "%s.dunlin_has_%zu", names->stage, i);
}

void merge_append_stage(struct str *to, const struct seed_works *works, const struct seed_work *work)
{
    struct names names = names_of(works, work);
    str_printf(to, "CREATE TEMPORARY TABLE %s AS SELECT CAST(0 AS %s) AS " ROW_NUMBER_COLUMN, names.stage,
               names.engine->number_type);
    for (size_t i = 0; i < work->count; ++i)
        str_printf(to, ", %s", of(&names, "dunlin_t", column(&names, work, i)));
    for (size_t i = 0; i < work->count; ++i)
        if (work->columns[i].partial)
            str_printf(to, ", CAST(0 AS %s) AS dunlin_has_%zu", names.engine->number_type, i);
    /* As the other side of an outer join, columns may be NULL whatever they are in the table. */
    str_printf(to, " FROM (SELECT 1 AS one) dunlin_one LEFT JOIN %s dunlin_t ON 1 = 0 WHERE 1 = 0",
               names.table);
    arena_free(names.arena);
}

static void append_match(struct str *to, const struct names *names, const struct seed_work *work)
{
    for (size_t i = 0; i < work->key_count; ++i) {
        const char *name = column(names, work, work->key[i]);
        str_printf(to, "%s%s = %s", i ? " AND " : "", of(names, names->table, name),
                   of(names, names->stage, name));
    }
}

static void append_range(struct str *to, const struct names *names, const struct merge_range *range)
{
    if (range)
        str_printf(to, " AND %s." ROW_NUMBER_COLUMN " > %" PRIu64 " AND %s." ROW_NUMBER_COLUMN " <= %" PRIu64,
                   names->stage, range->after, names->stage, range->last);
}

/* What a row brings to column `i`: where it does not have it, `otherwise`. */
static const char *value_of(const struct names *names, const struct seed_work *work, size_t i,
                            const char *otherwise)
{
    const char *value = of(names, names->stage, column(names, work, i));
    if (!work->columns[i].partial || !otherwise)
        return value;
    return arena_printf(names->arena, "CASE WHEN %s = 1 THEN %s ELSE %s END", presence(names, i), value,
                        otherwise);
}

static void append_absent(struct str *to, const struct names *names, const struct seed_work *work)
{
    str_printf(to, "NOT EXISTS (SELECT 1 FROM %s WHERE ", names->table);
    append_match(to, names, work);
    str_append_char(to, ')');
}

void merge_append_insert(struct str *to, const struct seed_works *works, const struct seed_work *work,
                         bool all, const struct merge_range *range)
{
    struct names names = names_of(works, work);
    str_printf(to, "INSERT INTO %s (", names.table);
    bool first = true;
    for (size_t i = 0; i < work->count; ++i)
        if (!work->columns[i].late) {
            str_printf(to, "%s%s", first ? "" : ", ", column(&names, work, i));
            first = false;
        }
    str_printf(to, ")%s SELECT ", names.engine->insert_words);
    first = true;
    for (size_t i = 0; i < work->count; ++i)
        if (!work->columns[i].late) {
            const char *preset = work->table->columns[work->columns[i].number].default_value;
            if (preset)
                preset = arena_printf(names.arena, "(%s)", preset);
            str_printf(to, "%s%s", first ? "" : ", ", value_of(&names, work, i, preset));
            first = false;
        }
    str_printf(to, " FROM %s WHERE ", names.stage);
    if (all || work->key_count == 0)
        str_append(to, "1 = 1");
    else
        append_absent(to, &names, work);
    append_range(to, &names, range);
    str_printf(to, " ORDER BY %s." ROW_NUMBER_COLUMN, names.stage);
    arena_free(names.arena);
}

enum which { NOW, LATE, NOW_AND_LATE };

static bool is_updated(const struct seed_work *work, size_t i, enum which which)
{
    return !work->columns[i].key && (which == NOW_AND_LATE || work->columns[i].late == (which == LATE));
}

/* The pairs of rows that are to be updated. False: no column can be. */
static bool append_changed(struct str *to, const struct names *names, const struct seed_work *work,
                           enum which which)
{
    bool any = false;
    append_match(to, names, work);
    str_append(to, " AND (");
    for (size_t i = 0; i < work->count; ++i) {
        if (!is_updated(work, i, which))
            continue;
        const char *name = column(names, work, i);
        str_append(to, any ? " OR " : "");
        if (work->columns[i].partial)
            str_printf(to, "%s = 1 AND ", presence(names, i));
        names->engine->append_differs(to, work->table->columns[work->columns[i].number].type,
                                      of(names, names->table, name), of(names, names->stage, name));
        any = true;
    }
    str_append_char(to, ')');
    return any;
}

/* What the file says of a column stays when a late one is written. */
static size_t keep_touched(const struct names *names, const struct seed_work *work, const char **columns,
                           const char **expressions)
{
    size_t count = 0;
    for (size_t i = 0; i < work->count; ++i)
        if (work->table->columns[work->columns[i].number].touched && is_updated(work, i, NOW)) {
            columns[count] = column(names, work, i);
            expressions[count] = of(names, names->table, columns[count]);
            ++count;
        }
    return count;
}

bool merge_append_update(struct str *to, const struct seed_works *works, const struct seed_work *work,
                         bool late, const struct merge_range *range)
{
    struct names names = names_of(works, work);
    struct str condition = STR_INIT;
    const char **columns = arena_alloc(names.arena, (work->count + 1) * sizeof *columns);
    const char **expressions = arena_alloc(names.arena, (work->count + 1) * sizeof *expressions);
    size_t count = 0;
    for (size_t i = 0; i < work->count; ++i)
        if (is_updated(work, i, late ? LATE : NOW)) {
            columns[count] = column(&names, work, i);
            expressions[count] = value_of(&names, work, i, of(&names, names.table, columns[count]));
            ++count;
        }
    if (count > 0 && late)
        count += keep_touched(&names, work, columns + count, expressions + count);
    if (count > 0 && work->key_count > 0) {
        append_changed(&condition, &names, work, late ? LATE : NOW);
        append_range(&condition, &names, range);
        names.engine->append_update(to, names.table, names.stage, count, columns, expressions,
                                    str_text(&condition));
    }
    bool any = count > 0 && work->key_count > 0;
    str_free(&condition);
    arena_free(names.arena);
    return any;
}

static void append_left_over(struct str *to, const struct names *names, const struct seed_work *work)
{
    str_printf(to, "NOT EXISTS (SELECT 1 FROM %s WHERE ", names->stage);
    append_match(to, names, work);
    str_append_char(to, ')');
}

void merge_append_delete(struct str *to, const struct seed_works *works, const struct seed_work *work)
{
    struct names names = names_of(works, work);
    str_printf(to, "DELETE FROM %s WHERE ", names.table);
    append_left_over(to, &names, work);
    arena_free(names.arena);
}

void merge_append_count_inserts(struct str *to, const struct seed_works *works, const struct seed_work *work)
{
    struct names names = names_of(works, work);
    str_printf(to, "SELECT COUNT(*) FROM %s", names.stage);
    if (work->key_count > 0) {
        str_append(to, " WHERE ");
        append_absent(to, &names, work);
    }
    arena_free(names.arena);
}

bool merge_append_count_updates(struct str *to, const struct seed_works *works, const struct seed_work *work,
                                bool late)
{
    struct names names = names_of(works, work);
    struct str condition = STR_INIT;
    bool any = work->key_count > 0 && append_changed(&condition, &names, work, late ? NOW_AND_LATE : NOW);
    if (any)
        str_printf(to, "SELECT COUNT(*) FROM %s, %s WHERE %s", names.table, names.stage,
                   str_text(&condition));
    str_free(&condition);
    arena_free(names.arena);
    return any;
}

void merge_append_count_deletes(struct str *to, const struct seed_works *works, const struct seed_work *work)
{
    struct names names = names_of(works, work);
    str_printf(to, "SELECT COUNT(*) FROM %s", names.table);
    if (work->format.mode != DUN_SEED_REPLACE) {
        str_append(to, " WHERE ");
        append_left_over(to, &names, work);
    }
    arena_free(names.arena);
}

void merge_append_duplicates(struct str *to, const struct seed_works *works, const struct seed_work *work)
{
    struct names names = names_of(works, work);
    str_printf(to, "SELECT MIN(" ROW_NUMBER_COLUMN "), MAX(" ROW_NUMBER_COLUMN ") FROM %s GROUP BY ",
               names.stage);
    for (size_t i = 0; i < work->key_count; ++i)
        str_printf(to, "%s%s", i ? ", " : "", column(&names, work, work->key[i]));
    str_append(to, " HAVING COUNT(*) > 1 LIMIT 1");
    arena_free(names.arena);
}

void merge_append_keys(struct str *to, const struct seed_works *works, const struct seed_work *work,
                       const bool *columns)
{
    struct names names = names_of(works, work);
    str_printf(to, "SELECT %s." ROW_NUMBER_COLUMN, names.stage);
    for (size_t i = 0; i < work->table->column_count; ++i)
        if (columns[i])
            str_printf(to, ", %s",
                       of(&names, names.table,
                          sql_quoted_identifier(names.arena, names.dialect, work->table->columns[i].name)));
    str_printf(to, " FROM %s JOIN %s ON ", names.stage, names.table);
    append_match(to, &names, work);
    str_printf(to, " ORDER BY %s." ROW_NUMBER_COLUMN, names.stage);
    arena_free(names.arena);
}

void merge_append_dangling(struct str *to, const struct seed_works *works, const struct seed_table *table,
                           const struct seed_reference *reference)
{
    struct arena *arena = arena_new();
    enum sql_dialect dialect = works->tables->engine->dialect;
    const char **from = arena_alloc(arena, (reference->count + 1) * sizeof *from);
    for (size_t i = 0; i < reference->count; ++i)
        from[i] =
            arena_printf(arena, "dunlin_a.%s",
                         sql_quoted_identifier(arena, dialect, table->columns[reference->columns[i]].name));
    str_append(to, "SELECT ");
    for (size_t i = 0; i < reference->count; ++i)
        str_printf(to, "%s%s", i ? ", " : "", from[i]);
    str_printf(to, " FROM %s dunlin_a LEFT JOIN %s dunlin_b ON ", table->sql, reference->to->sql);
    for (size_t i = 0; i < reference->count; ++i)
        str_printf(
            to, "%s%s = dunlin_b.%s", i ? " AND " : "", from[i],
            sql_quoted_identifier(arena, dialect, reference->to->columns[reference->referenced[i]].name));
    str_printf(to, " WHERE dunlin_b.%s IS NULL",
               sql_quoted_identifier(arena, dialect, reference->to->columns[reference->referenced[0]].name));
    for (size_t i = 0; i < reference->count; ++i)
        str_printf(to, " AND %s IS NOT NULL", from[i]);
    str_append(to, " LIMIT 1");
    arena_free(arena);
}
