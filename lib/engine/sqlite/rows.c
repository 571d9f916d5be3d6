/* Many rows at once: one prepared INSERT, run again and again. */
#include "base/error.h"
#include "engine/rows_text.h"
#include "engine/sqlite/connection.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ROWS_BETWEEN_CHECKS = 1024, LONGEST_NUMBER = 64 };

/*
 * What a declared type makes of a value (https://sqlite.org/datatype3.html, 3.1), as far as it decides what
 * fits.
 */
enum fit { FITS_ALL, FITS_INTEGERS, FITS_NUMBERS };

static bool contains(const char *type, const char *word)
{
    size_t length = strlen(word);
    for (; *type; ++type)
        if (strncasecmp(type, word, length) == 0)
            return true;
    return false;
}

/*
 * SQLite itself takes any value for any type. DATE, BOOLEAN and the like are numbers to it, and hold texts as
 * a rule.
 */
static enum fit fit_of(const char *type)
{
    if (!type || !*type)
        return FITS_ALL;
    if (contains(type, "INT"))
        return FITS_INTEGERS;
    if (contains(type, "CHAR") || contains(type, "CLOB") || contains(type, "TEXT") || contains(type, "BLOB"))
        return FITS_ALL;
    bool number = contains(type, "REAL") || contains(type, "FLOA") || contains(type, "DOUB") ||
                  strncasecmp(type, "NUMERIC", 7) == 0 || strncasecmp(type, "DEC", 3) == 0;
    return number ? FITS_NUMBERS : FITS_ALL;
}

struct copying {
    struct sqlite_connection *connection;
    const struct row_target *target;
    struct row_source *source;
    struct rows_copied *copied;
    sqlite3_stmt *insert;
    struct row_value *values;
    enum fit *fits;
    struct str bytes; /* of a blob */
};

static void append_insert(struct str *sql, const struct row_target *target)
{
    size_t count = target->count + target->numbered;
    str_append(sql, "INSERT INTO ");
    rows_append_table(sql, SQL_SQLITE, target);
    rows_append_columns(sql, SQL_SQLITE, target);
    str_append(sql, " VALUES (");
    for (size_t i = 0; i < count; ++i)
        str_append(sql, i > 0 ? ", ?" : "?");
    str_append_char(sql, ')');
}

/* Digits that a 64 bit integer holds for certain, which is nearly always what is there. */
static bool read_integer(const struct row_value *value, int64_t *ret_number)
{
    enum { CERTAIN_DIGITS = 18 };
    bool negative = value->length > 1 && value->text[0] == '-';
    size_t i = negative;
    int64_t number = 0;
    if (value->length == i || value->length - i > CERTAIN_DIGITS)
        return false;
    for (; i < value->length; ++i) {
        if (value->text[i] < '0' || value->text[i] > '9')
            return false;
        number = number * 10 + (value->text[i] - '0');
    }
    *ret_number = negative ? -number : number;
    return true;
}

/* What SQLite turns into a number: blanks around it do not matter, hexadecimal is a text. */
static bool is_number(const struct row_value *value)
{
    char text[LONGEST_NUMBER + 1], *end;
    if (value->length == 0 || value->length > LONGEST_NUMBER)
        return false;
    memcpy(text, value->text, value->length);
    text[value->length] = '\0';
    if (strpbrk(text, "xXnN"))
        return false;
    strtod(text, &end);
    while (isspace((unsigned char)*end))
        ++end;
    return end != text && *end == '\0';
}

static bool does_not_fit(const struct copying *copying, size_t column, dun_error *error)
{
    enum { MOST_SHOWN = 60 };
    const struct row_value *value = &copying->values[column];
    int shown = value->length > MOST_SHOWN ? MOST_SHOWN : (int)value->length;
    error_set(error, DUN_FAILED, "column %s: \"%.*s\" is no value of type %s",
              copying->target->columns[column].name, shown, value->text,
              copying->target->columns[column].type);
    error_server(error, NULL, SQLITE_MISMATCH);
    return false;
}

/* Where blobs are to be expected; in a column of texts, \x41 is a text. */
static bool holds_blobs(const char *type)
{
    return !type || !*type || contains(type, "BLOB");
}

static int digit_of(char c)
{
    const char *digits = "0123456789abcdef", *place = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
    return place ? (int)(place - digits) : -1;
}

/* "\x" and two hexadecimal digits for each byte, as PostgreSQL writes them. False: it is none. */
static bool read_bytes(const struct row_value *value, struct str *ret_bytes)
{
    if (value->length < 2 || value->length % 2 != 0 || memcmp(value->text, "\\x", 2) != 0)
        return false;
    str_clear(ret_bytes);
    for (size_t i = 2; i < value->length; i += 2) {
        int high = digit_of(value->text[i]), low = digit_of(value->text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        str_append_char(ret_bytes, (char)(high * 16 + low));
    }
    return true;
}

static void bind_text(struct copying *copying, size_t column, int place)
{
    const struct row_value *value = &copying->values[column];
    struct str *bytes = &copying->bytes;
    if (holds_blobs(copying->target->columns[column].type) && read_bytes(value, bytes))
        sqlite3_bind_blob(copying->insert, place, str_text(bytes), (int)bytes->length, SQLITE_TRANSIENT);
    else
        sqlite3_bind_text(copying->insert, place, value->text, (int)value->length, SQLITE_STATIC);
}

static bool bind(struct copying *copying, dun_error *error)
{
    int place = 1;
    int64_t number;
    if (copying->target->numbered)
        sqlite3_bind_int64(copying->insert, place++, (sqlite3_int64)copying->copied->rows);
    for (size_t i = 0; i < copying->target->count; ++i, ++place) {
        const struct row_value *value = &copying->values[i];
        if (!value->text)
            sqlite3_bind_null(copying->insert, place);
        else if (copying->fits[i] == FITS_INTEGERS && read_integer(value, &number))
            sqlite3_bind_int64(copying->insert, place, number);
        else if (copying->fits[i] != FITS_ALL && !is_number(value))
            return does_not_fit(copying, i, error);
        else
            bind_text(copying, i, place);
    }
    return true;
}

static bool insert_row(struct copying *copying, dun_error *error)
{
    bool good = bind(copying, error);
    if (good && sqlite_step(copying->connection, copying->insert) != SQLITE_DONE)
        good = sqlite_error(copying->connection, error);
    sqlite3_reset(copying->insert);
    if (!good)
        copying->copied->row = copying->copied->rows;
    return good;
}

static bool insert_rows(struct copying *copying, dun_error *error)
{
    for (;;) {
        int got = copying->source->next(copying->source, copying->values, error);
        copying->copied->source = got < 0;
        if (got <= 0)
            return got == 0;
        enum task_outcome outcome =
            ++copying->copied->rows % ROWS_BETWEEN_CHECKS == 0 ? task_check() : TASK_READY;
        if (outcome != TASK_READY)
            return task_outcome_error(outcome, "loading rows", error);
        if (!insert_row(copying, error))
            return false;
    }
}

static bool prepare(struct copying *copying, dun_error *error)
{
    struct str sql = STR_INIT;
    append_insert(&sql, copying->target);
    db_echo(&copying->connection->head, sql.data, sql.length);
    bool good = sqlite3_prepare_v3(copying->connection->handle, sql.data, (int)sql.length,
                                   SQLITE_PREPARE_PERSISTENT, &copying->insert, NULL) == SQLITE_OK ||
                sqlite_error(copying->connection, error);
    str_free(&sql);
    return good;
}

static bool copy(dun_connection *connection, const struct row_target *target, struct row_source *source,
                 struct rows_copied *ret_copied, dun_error *error)
{
    struct arena *arena = arena_new();
    struct copying copying = {
        .connection = (struct sqlite_connection *)connection,
        .target = target,
        .source = source,
        .copied = ret_copied,
        .values = arena_alloc(arena, (target->count + 1) * sizeof(struct row_value)),
        .fits = arena_alloc(arena, (target->count + 1) * sizeof(enum fit)),
    };
    *ret_copied = (struct rows_copied){0};
    copying.connection->ended = TASK_READY;
    for (size_t i = 0; i < target->count; ++i)
        copying.fits[i] = fit_of(target->columns[i].type);
    bool good = prepare(&copying, error) && insert_rows(&copying, error);
    sqlite3_finalize(copying.insert);
    sqlite_note_transaction(copying.connection);
    str_free(&copying.bytes);
    arena_free(arena);
    return good;
}

/* Whatever collation the column has. */
static void append_differs(struct str *to, const char *type, const char *left, const char *right)
{
    (void)type;
    str_printf(to, "%s IS NOT %s COLLATE BINARY", left, right);
}

/* SQLite's own text of a number has 15 digits, which is not always the number. */
static void append_read(struct str *to, const char *type, const char *column)
{
    str_printf(to, "CASE typeof(%s)", column);
    if (holds_blobs(type))
        str_printf(to, " WHEN 'blob' THEN '\\x' || lower(hex(%s))", column);
    str_printf(to,
               " WHEN 'real' THEN CASE WHEN CAST(CAST(%s AS TEXT) AS REAL) = %s THEN %s"
               " WHEN %s = 9e999 THEN '9e999' WHEN %s = -9e999 THEN '-9e999' ELSE printf('%%!.17g', %s) END"
               " ELSE %s END",
               column, column, column, column, column, column, column);
}

static bool blames_data(const dun_error *error)
{
    int primary = dun_error_number(error) & 0xff;
    return primary == SQLITE_CONSTRAINT || primary == SQLITE_MISMATCH;
}

static bool enforces(const dun_connection *connection)
{
    return ((const struct sqlite_connection *)connection)->foreign_keys;
}

const struct engine_rows sqlite_rows = {
    .copy = copy,
    .append_update = rows_append_update_from,
    .append_differs = append_differs,
    .append_read = append_read,
    .snapshot = "BEGIN",
    .stage_right = "they need room in the folder for temporary files (SQLITE_TMPDIR)",
    .number_type = "INTEGER",
    .insert_words = "",
    .true_text = "1",
    .false_text = "0",
    .references = REFERENCES_BY_COMMIT,
    .defer = "PRAGMA defer_foreign_keys = ON",
    .enforces = enforces,
    .blames_data = blames_data,
};
