/* Sequences, plain and of identity columns, whose limits move past where they stand: the server refuses that,
 * also in a scratch copy, where they stand at their start. For language_sequence.c and
 * language_column_change.c. */
#include "engine/postgres/language.h"

#include <stdlib.h>
#include <string.h>

bool counts_down(const struct schema_object *sequence)
{
    const char *increment = catalog_text(sequence, ATTRIBUTE_INCREMENT);
    return increment && *increment == '-';
}

const char sequence_limit_hint[] = "no value is right for it by itself: let it go on, with setval in a "
                                   "migration of your own, at values within "
                                   "the limit that are not in use, or keep the limit";

struct limits {
    long long minimum, maximum;
};

/* What is not said follows from the type and the direction. */
static struct limits limits_of(const struct schema_object *sequence)
{
    const char *minimum = catalog_text(sequence, ATTRIBUTE_MINIMUM),
               *maximum = catalog_text(sequence, ATTRIBUTE_MAXIMUM);
    struct limits limits = {1, INT64_MAX};
    if (is_value(sequence, ATTRIBUTE_TYPE, "integer"))
        limits.maximum = INT32_MAX;
    else if (is_value(sequence, ATTRIBUTE_TYPE, "smallint"))
        limits.maximum = INT16_MAX;
    if (counts_down(sequence))
        limits = (struct limits){-limits.maximum - 1, -1};
    if (minimum)
        limits.minimum = strtoll(minimum, NULL, 10);
    if (maximum)
        limits.maximum = strtoll(maximum, NULL, 10);
    return limits;
}

/* Where the sequence begins passes by where it may stand: it has to move there. */
static bool begin_moves(const struct diff_change *change)
{
    struct limits from = limits_of(change->from), to = limits_of(change->to);
    return counts_down(change->to) ? to.maximum < from.maximum : to.minimum > from.minimum;
}

/* Where it ends does: it may be beyond, and no value is right for it. */
static bool end_moves(const struct diff_change *change)
{
    struct limits from = limits_of(change->from), to = limits_of(change->to);
    return counts_down(change->to) ? to.minimum > from.minimum : to.maximum < from.maximum;
}

static bool goes_on(const struct diff_change *change)
{
    return counts_down(change->from) == counts_down(change->to);
}

/* A new range that lies beyond the old one is opened before the sequence moves into it. */
static void write_opening(struct plan_rendering *rendering, const struct diff_change *change)
{
    struct limits from = limits_of(change->from), to = limits_of(change->to);
    const struct schema_object *sequence = change->to;
    if (to.minimum <= from.maximum && to.maximum >= from.minimum)
        return;
    bool up = to.minimum > from.maximum, column = sequence->kind == SCHEMA_COLUMN;
    struct str text = STR_INIT;
    str_append(&text, column ? "ALTER TABLE " : "ALTER SEQUENCE ");
    text_object(&text, column ? sequence->parent : sequence);
    if (column)
        str_printf(&text, " ALTER COLUMN %s", name_text(rendering, sequence->name));
    str_printf(&text, "%s %s %lld", column ? " SET" : "", up ? "MAXVALUE" : "MINVALUE",
               up ? to.maximum : to.minimum);
    add_text(rendering, 0, &text);
}

/* The name of the sequence of an identity column is known to the server alone. */
static void append_identity_move(struct str *text, const struct schema_object *column, const char *outside,
                                 long long limit)
{
    struct str table = STR_INIT, body = STR_INIT;
    text_object(&table, column->parent);
    str_append(&body, "\nDECLARE\n    sequence pg_catalog.regclass := pg_catalog.pg_get_serial_sequence(");
    text_literal(&body, str_text(&table));
    str_append(&body, ", ");
    text_literal(&body, column->name);
    str_printf(&body,
               ");\n    is_outside boolean;\nBEGIN\n"
               "    EXECUTE pg_catalog.format('SELECT %s FROM %%s', sequence) INTO is_outside;\n"
               "    IF is_outside THEN\n        PERFORM pg_catalog.setval(sequence, %lld, false);\n"
               "    END IF;\nEND\n",
               outside, limit);
    str_append(text, "DO ");
    text_body(text, str_text(&body));
    str_free(&table);
    str_free(&body);
}

static void append_move(const struct plan_rendering *rendering, struct str *text,
                        const struct schema_object *sequence, const char *outside, long long limit)
{
    const char *name = object_text(rendering, sequence);
    str_append(text, "SELECT pg_catalog.setval(");
    text_literal(text, name);
    str_printf(text, ", %lld, false) FROM %s WHERE %s", limit, name, outside);
}

void write_sequence_into_limits(struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_object *sequence = change->to;
    bool down = counts_down(sequence);
    struct limits to = limits_of(sequence);
    long long limit = down ? to.maximum : to.minimum;
    struct str text = STR_INIT;
    if (!goes_on(change) || !begin_moves(change))
        return;
    write_opening(rendering, change);
    const char *outside = arena_printf(rendering->arena, "last_value %c %lld", down ? '>' : '<', limit);
    if (sequence->kind == SCHEMA_COLUMN)
        append_identity_move(&text, sequence, outside, limit);
    else
        append_move(rendering, &text, sequence, outside, limit);
    add_text(rendering, 0, &text);
}

const char *sequence_beyond_limits(const struct plan_rendering *rendering, const struct diff_change *change)
{
    const struct schema_object *sequence = change->to;
    bool down = counts_down(sequence), column = sequence->kind == SCHEMA_COLUMN;
    struct limits to = limits_of(sequence);
    struct str text = STR_INIT;
    if (!goes_on(change) || !end_moves(change))
        return NULL;
    str_append(&text, column ? "SELECT pg_catalog.count(*) FROM pg_catalog.pg_depend d "
                               "JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S' "
                               "JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = "
                               "d.refobjsubid WHERE d.deptype = 'i' AND d.refobjid = pg_catalog.to_regclass("
                             : "SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c WHERE c.oid = "
                               "pg_catalog.to_regclass(");
    text_literal(&text, object_text(rendering, column ? sequence->parent : sequence));
    str_append_char(&text, ')');
    if (column) {
        str_append(&text, " AND a.attname = ");
        text_literal(&text, sequence->name);
    }
    str_printf(&text, " AND pg_catalog.pg_sequence_last_value(c.oid) %c %lld", down ? '<' : '>',
               down ? to.minimum : to.maximum);
    const char *sql = arena_strdup(rendering->arena, str_text(&text));
    str_free(&text);
    return sql;
}
