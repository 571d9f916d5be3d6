/*
 * Partitions that come, go, are split and merged, as a database engineer writes it: ADD, DROP, REORGANIZE and
 * COALESCE PARTITION touch the rows of these partitions only. For language_options.c, which partitions the
 * whole table anew where nothing here says it.
 */
#include "engine/mysql/language.h"

#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

/* Partitions in a row, and what they are to become: the others stay. */
struct partitions {
    struct plan_rendering *rendering;
    const char *head; /* "ALTER TABLE `t`" */
    const char *const *from, *const *to;
    size_t from_count, to_count;
    size_t prefix, suffix; /* so many stay at the beginning, and at the end */
    bool ranges;           /* otherwise lists of values */
};

static bool is_same(const struct partitions *partitions, size_t from, size_t to)
{
    return strcmp(partitions->from[from], partitions->to[to]) == 0;
}

static void find_what_stays(struct partitions *partitions)
{
    size_t most =
        partitions->from_count < partitions->to_count ? partitions->from_count : partitions->to_count;
    partitions->prefix = partitions->suffix = 0;
    while (partitions->prefix < most && is_same(partitions, partitions->prefix, partitions->prefix))
        ++partitions->prefix;
    while (partitions->suffix < most - partitions->prefix &&
           is_same(partitions, partitions->from_count - partitions->suffix - 1,
                   partitions->to_count - partitions->suffix - 1))
        ++partitions->suffix;
}

static size_t going(const struct partitions *partitions)
{
    return partitions->from_count - partitions->prefix - partitions->suffix;
}

static size_t coming(const struct partitions *partitions)
{
    return partitions->to_count - partitions->prefix - partitions->suffix;
}

/* "`p0` VALUES ..." -> "`p0`"; a quoted name may have blanks and doubled quotes in it. */
static void append_name_of(struct str *to, const char *partition)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, partition, strlen(partition));
    struct sql_token name = sql_lexer_next(&lexer);
    str_append_n(to, name.text, name.length);
}

static void append_names_of(struct str *to, const char *const *partitions, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        str_append(to, i ? ", " : "");
        append_name_of(to, partitions[i]);
    }
}

static void append_definitions(struct str *to, const char *const *partitions, size_t count)
{
    str_append_char(to, '(');
    for (size_t i = 0; i < count; ++i)
        str_printf(to, "%sPARTITION %s", i ? ", " : "", partitions[i]);
    str_append_char(to, ')');
}

static void add_partitions(const struct partitions *partitions)
{
    struct str sql = STR_INIT;
    str_printf(&sql, "%s ADD PARTITION ", partitions->head);
    append_definitions(&sql, partitions->to + partitions->prefix, coming(partitions));
    plan_add(partitions->rendering, PLAN_NOT_TRANSACTIONAL, "%s",
             mysql_engine_take(partitions->rendering->arena, &sql));
}

static struct plan_statement *drop_partitions(const struct partitions *partitions, size_t first, size_t count)
{
    struct str sql = STR_INIT;
    str_printf(&sql, "%s DROP PARTITION ", partitions->head);
    append_names_of(&sql, partitions->from + first, count);
    return plan_add(partitions->rendering, PLAN_NOT_TRANSACTIONAL | PLAN_DROP_PARTITION, "%s",
                    mysql_engine_take(partitions->rendering->arena, &sql));
}

static const char *reorganization(const struct partitions *partitions, size_t first, size_t from_count,
                                  const char *const *to, size_t to_count)
{
    struct str sql = STR_INIT;
    str_printf(&sql, "%s REORGANIZE PARTITION ", partitions->head);
    append_names_of(&sql, partitions->from + first, from_count);
    str_append(&sql, " INTO ");
    append_definitions(&sql, to, to_count);
    return mysql_engine_take(partitions->rendering->arena, &sql);
}

/* A row of a list that no partition takes any more is refused. */
static void reorganize(const struct partitions *partitions)
{
    const char *sql = reorganization(partitions, partitions->prefix, going(partitions),
                                     partitions->to + partitions->prefix, coming(partitions));
    unsigned check = partitions->ranges ? 0u : (unsigned)PLAN_CHECK;
    plan_add(partitions->rendering, PLAN_NOT_TRANSACTIONAL | PLAN_REWRITE | check, "%s", sql)->note =
        "only the rows of these partitions are written anew";
}

/* Up to where a partition goes: "(10)", "MAXVALUE". */
static const char *bound_of(struct arena *arena, const char *partition)
{
    const char *at = strstr(partition, " VALUES LESS THAN ");
    if (!at)
        return "";
    at += strlen(" VALUES LESS THAN ");
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, at, strlen(at));
    struct sql_token token = sql_lexer_next(&lexer);
    if (sql_token_is_operator(&token, '('))
        while (token.kind != SQL_TOKEN_END && !sql_token_is_operator(&token, ')'))
            token = sql_lexer_next(&lexer);
    return arena_strndup(arena, at, (size_t)(token.text + token.length - at));
}

/* Is the second bound the same as the first one or beyond it? False where that does not show. */
static bool reaches(const char *bound, const char *other)
{
    if (strcmp(bound, other) == 0 || strstr(other, "MAXVALUE"))
        return true;
    if (strstr(bound, "MAXVALUE") || strchr(bound, ',') || strchr(other, ','))
        return false;
    char *end, *other_end;
    long long value = strtoll(bound + (*bound == '('), &end, 10),
              other_value = strtoll(other + (*other == '('), &other_end, 10);
    if (*end == ')' && *other_end == ')')
        return other_value > value;
    return strlen(bound) == strlen(other) && strcmp(other, bound) > 0; /* dates */
}

/* Ranges have to end where they ended before, but for the last, which may go further. */
static bool can_be_reorganized(struct partitions *partitions)
{
    struct arena *arena = partitions->rendering->arena;
    if (!partitions->ranges)
        return true;
    if (!going(partitions)) {
        --partitions->suffix; /* what comes is cut off from what follows */
        return true;
    }
    const char *before = bound_of(arena, partitions->from[partitions->prefix + going(partitions) - 1]);
    const char *now = coming(partitions)
                          ? bound_of(arena, partitions->to[partitions->prefix + coming(partitions) - 1])
                          : "";
    if (strcmp(before, now) == 0)
        return true;
    if (!partitions->suffix)
        return reaches(before, now);
    --partitions->suffix;
    return true;
}

/* Old ranges go with their rows; whoever wants the rows to stay says so by hand. */
static void drop_oldest(struct partitions *partitions)
{
    size_t count = 0;
    while (count < partitions->from_count && partitions->to_count && !is_same(partitions, count, 0))
        ++count;
    if (!partitions->ranges || count == 0 || count == partitions->from_count)
        return;
    drop_partitions(partitions, 0, count)->note =
        arena_printf(partitions->rendering->arena, "the rows would stay with: %s",
                     reorganization(partitions, 0, count + 1, partitions->to, 1));
    partitions->from += count;
    partitions->from_count -= count;
}

static bool is_default(const char *partition)
{
    return strstr(partition, " DEFAULT") && !strstr(partition, " VALUES ");
}

/* What comes takes rows away from the partition that has all others. */
static void include_default(struct partitions *partitions)
{
    for (size_t i = 0; !partitions->ranges && coming(partitions) && i < partitions->from_count; ++i)
        if (is_default(partitions->from[i])) {
            partitions->prefix = i < partitions->prefix ? i : partitions->prefix;
            size_t behind = partitions->from_count - i - 1;
            partitions->suffix = behind < partitions->suffix ? behind : partitions->suffix;
        }
}

static bool change_some(struct partitions *partitions)
{
    drop_oldest(partitions);
    find_what_stays(partitions);
    include_default(partitions);
    if (!going(partitions) && !coming(partitions))
        return true;
    if (!going(partitions) && !partitions->suffix) {
        add_partitions(partitions);
        return true;
    }
    if (!coming(partitions) && (!partitions->ranges || !partitions->suffix)) {
        drop_partitions(partitions, partitions->prefix, going(partitions));
        return true;
    }
    if (!partitions->ranges && !going(partitions))
        --partitions->suffix; /* for their order */
    if (!can_be_reorganized(partitions))
        return false;
    reorganize(partitions);
    return true;
}

/* "HASH (`id`) PARTITIONS 4": where the number begins; NULL: it tells none. */
static const char *number_of(const char *by)
{
    static const char before[] = " PARTITIONS ";
    const char *at = by ? strstr(by, before) : NULL;
    for (const char *next = at; next; next = strstr(next + 1, before))
        at = next;
    return at ? at + strlen(before) : NULL;
}

static bool change_number(struct plan_rendering *rendering, const struct diff_change *change)
{
    const char *from = catalog_text(change->from, ATTRIBUTE_PARTITION_BY),
               *to = catalog_text(change->to, ATTRIBUTE_PARTITION_BY);
    const char *before = number_of(from), *now = number_of(to);
    if (!before || !now || before - from != now - to || strncmp(from, to, (size_t)(before - from)) != 0 ||
        catalog_value(change->from, ATTRIBUTE_PARTITIONS) || catalog_value(change->to, ATTRIBUTE_PARTITIONS))
        return false;
    char *from_end, *to_end;
    unsigned long old_number = strtoul(before, &from_end, 10), number = strtoul(now, &to_end, 10);
    if (*from_end || *to_end || number == old_number)
        return false;
    const char *head = mysql_engine_alter_head(rendering->arena, change->from, change->to);
    plan_add(rendering, PLAN_NOT_TRANSACTIONAL | PLAN_REWRITE, "%s %s %lu", head,
             number > old_number ? "ADD PARTITION PARTITIONS" : "COALESCE PARTITION",
             number > old_number ? number - old_number : old_number - number);
    return true;
}

static bool takes_ranges(const struct schema_object *table)
{
    const char *by = catalog_text(table, ATTRIBUTE_PARTITION_BY);
    return by && strncmp(by, "RANGE", strlen("RANGE")) == 0;
}

static bool takes_lists(const struct schema_object *table)
{
    const char *by = catalog_text(table, ATTRIBUTE_PARTITION_BY);
    return by && strncmp(by, "LIST", strlen("LIST")) == 0;
}

bool mysql_engine_alter_partitions(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_value *from = catalog_value(change->from, ATTRIBUTE_PARTITIONS),
                              *to = catalog_value(change->to, ATTRIBUTE_PARTITIONS);
    if (diff_has(change, ATTRIBUTE_PARTITION_BY))
        return change_number(rendering, change);
    if (!from || !to || (!takes_ranges(change->to) && !takes_lists(change->to)))
        return false;
    struct partitions partitions = {.rendering = rendering,
                                    .head =
                                        mysql_engine_alter_head(rendering->arena, change->from, change->to),
                                    .from = from->texts,
                                    .to = to->texts,
                                    .from_count = from->count,
                                    .to_count = to->count,
                                    .ranges = takes_ranges(change->to)};
    return change_some(&partitions);
}
