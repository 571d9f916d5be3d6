#include "engine/rows_text.h"

#include "sql/quote.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void rows_append_table(struct str *sql, enum sql_dialect dialect, const struct row_target *target)
{
    if (target->schema) {
        sql_quote_identifier(sql, dialect, target->schema);
        str_append_char(sql, '.');
    }
    sql_quote_identifier(sql, dialect, target->table);
}

void rows_append_columns(struct str *sql, enum sql_dialect dialect, const struct row_target *target)
{
    str_append(sql, target->numbered ? " (" ROW_NUMBER_COLUMN : " (");
    for (size_t i = 0; i < target->count; ++i) {
        if (i > 0 || target->numbered)
            str_append(sql, ", ");
        sql_quote_identifier(sql, dialect, target->columns[i].name);
    }
    str_append_char(sql, ')');
}

/*
 * Room for twice the length must be there. What needs no escape is copied as a whole: nearly always all of
 * it.
 */
static char *write_escaped(char *to, const char *text, size_t length, const char *escapes)
{
    for (size_t at = 0;;) {
        size_t start = at;
        while (at < length && !escapes[(unsigned char)text[at]])
            ++at;
        memcpy(to, text + start, at - start);
        to += at - start;
        if (at == length)
            return to;
        *to++ = '\\';
        *to++ = escapes[(unsigned char)text[at++]];
    }
}

static char *write_value(char *to, const struct row_value *value, const char *escapes)
{
    if (value->text)
        return write_escaped(to, value->text, value->length, escapes);
    *to++ = '\\';
    *to++ = 'N';
    return to;
}

void rows_append_line(struct str *data, const struct row_target *target, const struct row_value *values,
                      uint64_t number, const char escapes[static 256])
{
    enum { ROOM_FOR_NUMBER = 22, AROUND_A_VALUE = 3 };
    size_t most = ROOM_FOR_NUMBER + 1;
    for (size_t i = 0; i < target->count; ++i)
        most += 2 * values[i].length + AROUND_A_VALUE;
    str_reserve(data, most);
    char *start = data->data + data->length, *to = start;
    if (target->numbered)
        to += snprintf(to, ROOM_FOR_NUMBER, "%" PRIu64 "\t", number);
    for (size_t i = 0; i < target->count; ++i) {
        to = write_value(to, &values[i], escapes);
        *to++ = '\t';
    }
    if (to > start)
        --to; /* the last tab */
    *to++ = '\n';
    data->length = (size_t)(to - data->data);
}

void rows_append_update_from(struct str *to, const char *table, const char *stage, size_t count,
                             const char *const *columns, const char *const *expressions,
                             const char *condition)
{
    str_printf(to, "UPDATE %s SET ", table);
    for (size_t i = 0; i < count; ++i)
        str_printf(to, "%s%s = %s", i ? ", " : "", columns[i], expressions[i]);
    str_printf(to, " FROM %s WHERE %s", stage, condition);
}
