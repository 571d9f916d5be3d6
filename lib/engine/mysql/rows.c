/* Many rows at once: LOAD DATA LOCAL where the server allows it, otherwise INSERT statements of many rows. */
#include "base/error.h"
#include "db/result.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/failure.h"
#include "engine/mysql/language.h"
#include "engine/rows_text.h"
#include "sql/quote.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { STATEMENT_BYTES = 512 * 1024, CHUNK = 64 * 1024, ROWS_BETWEEN_CHECKS = 1024 };

struct copying {
    struct mysql_connection *connection;
    const struct row_target *target;
    struct row_source *source;
    struct rows_copied *copied;
    struct row_value *values;
    struct str data; /* rows that are not sent yet */
    size_t sent;     /* of them */
    bool ended;      /* the source is */
    dun_error *error;
};

static bool is_bits(const char *type)
{
    return strcasecmp(type, "bit") == 0 || strncasecmp(type, "bit(", 4) == 0;
}

static bool is_bytes(const char *type)
{
    static const char *const names[] = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"};
    size_t length = strcspn(type, "(");
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
        if (strlen(names[i]) == length && strncasecmp(type, names[i], length) == 0)
            return true;
    return false;
}

/*
 * What makes a value of a text for the types that would take the text's bytes; NULL: nothing is needed. %s is
 * the text. Bytes are written as \x and hexadecimal digits; other texts are their own bytes.
 */
static const char *conversion_of(const char *type)
{
    if (is_bits(type))
        return "CAST(%s AS UNSIGNED)";
    if (mysql_engine_is_geometry(type))
        return "COALESCE(ST_GeomFromText(%s), CAST(%s AS BINARY))"; /* what is no shape is refused as a text
                                                                     */
    if (is_bytes(type))
        return "IF(LEFT(%s, 2) = 0x5C78, COALESCE(UNHEX(SUBSTR(%s, 3)), CAST(%s AS BINARY)), CAST(%s AS "
               "BINARY))";
    return NULL;
}

/* The value may be of any bytes, as a literal is. */
static void append_converted(struct str *sql, const char *conversion, const char *value, size_t length)
{
    const char *place;
    while ((place = strstr(conversion, "%s"))) {
        str_append_n(sql, conversion, (size_t)(place - conversion));
        str_append_n(sql, value, length);
        conversion = place + 2;
    }
    str_append(sql, conversion);
}

static void append_read(struct str *to, const char *type, const char *column)
{
    if (is_bits(type))
        str_printf(to, "CAST(%s AS UNSIGNED)", column);
    else if (mysql_engine_is_geometry(type))
        str_printf(to, "ST_AsText(%s)", column);
    else if (is_bytes(type))
        str_printf(to, "CONCAT(_utf8mb4 0x5C78, LOWER(HEX(%s)))", column);
    else
        str_append(to, column);
}

/* 1: a row is in copying->values; 0: the end; -1: failure. */
static int next_row(struct copying *copying)
{
    int got = copying->source->next(copying->source, copying->values, copying->error);
    copying->copied->source = got < 0;
    if (got <= 0)
        return got;
    if (++copying->copied->rows % ROWS_BETWEEN_CHECKS == 0) {
        enum task_outcome outcome = task_check();
        if (outcome != TASK_READY) {
            copying->copied->source = true;
            task_outcome_error(outcome, "loading rows", copying->error);
            return -1;
        }
    }
    return 1;
}

/* What LOAD DATA wants escaped. */
static const char escapes[256] = {['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\'};

/* Called by the client library for the next part of the file. */
static int read_lines(void *user, char *buffer, unsigned size)
{
    struct copying *copying = user;
    if (copying->sent == copying->data.length && !copying->ended) {
        str_clear(&copying->data);
        copying->sent = 0;
        while (copying->data.length < CHUNK) {
            int got = next_row(copying);
            if (got < 0)
                return -1;
            copying->ended = got == 0;
            if (copying->ended)
                break;
            rows_append_line(&copying->data, copying->target, copying->values, copying->copied->rows,
                             escapes);
        }
    }
    size_t left = copying->data.length - copying->sent;
    size_t part = left < size ? left : size;
    memcpy(buffer, str_text(&copying->data) + copying->sent, part);
    copying->sent += part;
    return (int)part;
}

/* "... at row 5": rows of the statement, from 1. */
static uint64_t row_of_message(const char *message)
{
    const char *found = NULL, *next = message;
    while ((next = strstr(next, " at row ")))
        found = next++;
    return found ? strtoull(found + sizeof " at row " - 1, NULL, 10) : 0;
}

/* `before`: rows of earlier statements. */
static void blame_row(struct copying *copying, const char *message, uint64_t before)
{
    uint64_t row = row_of_message(message);
    if (row > 0)
        copying->copied->row = before + row;
}

/* Notes, and warnings that are about the statement and not about a row. */
static bool is_harmless(const char *level, int64_t number)
{
    static const int64_t harmless[] = {1287, 1592, 1681, 3719, 3778};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; ++i)
        if (number == harmless[i])
            return true;
    return strcmp(level, "Note") == 0;
}

/*
 * The client cannot be told to stop sending, so the server makes warnings of what would be errors: values
 * that do not fit, and rows that are left out.
 */
static bool check_warnings(struct copying *copying)
{
    dun_result *warnings = NULL;
    if (!db_query(&copying->connection->base, "SHOW WARNINGS", &warnings, copying->error))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < warnings->rows; ++i) {
        const char *message = result_text(warnings, i, 2);
        int64_t number = result_integer(warnings, i, 1, 0);
        if (is_harmless(result_text(warnings, i, 0), number))
            continue;
        good = error_set(copying->error, DUN_FAILED, "%s", message);
        error_server(copying->error, "23000", (int)number);
        blame_row(copying, message, 0);
    }
    dun_result_free(warnings);
    return good;
}

static bool run_load(struct copying *copying, const char *sql, size_t length, bool *ret_warned)
{
    struct mysql_connection *connection = copying->connection;
    if (!mysql_engine_operation_begin(connection, "loading rows", copying->error))
        return false;
    db_echo(&connection->base, sql, length);
    connection->infile = (struct mysql_infile){.read = read_lines, .user = copying};
    bool good = mysql_engine_operation_send(connection, sql, length, copying->error);
    if (good) {
        good = mysql_engine_operation_read_first(connection) && mysql_engine_operation_drain(connection);
        if (good)
            *ret_warned = libmariadb.mysql_warning_count(connection->handle) > 0;
        else
            mysql_engine_failure_of_statement(connection, sql, length, length,
                                              copying->copied->source ? NULL : copying->error);
    }
    connection->infile = (struct mysql_infile){0};
    mysql_engine_operation_end(connection);
    return good;
}

/* (a, @dunlin_1) SET b = CAST(@dunlin_1 AS UNSIGNED) */
static void append_read_columns(struct str *sql, const struct row_target *target)
{
    struct str conversions = STR_INIT;
    char variable[40];
    str_append(sql, target->numbered ? " (" ROW_NUMBER_COLUMN : " (");
    for (size_t i = 0; i < target->count; ++i) {
        const char *conversion = conversion_of(target->columns[i].type);
        if (i > 0 || target->numbered)
            str_append(sql, ", ");
        if (!conversion) {
            sql_quote_identifier(sql, SQL_MYSQL, target->columns[i].name);
            continue;
        }
        snprintf(variable, sizeof variable, "@dunlin_%zu", i);
        str_append(sql, variable);
        str_append(&conversions, conversions.length ? ", " : " SET ");
        sql_quote_identifier(&conversions, SQL_MYSQL, target->columns[i].name);
        str_append(&conversions, " = ");
        append_converted(&conversions, conversion, variable, strlen(variable));
    }
    str_printf(sql, ")%s", str_text(&conversions));
    str_free(&conversions);
}

static bool load(struct copying *copying)
{
    struct str sql = STR_INIT;
    bool warned = false;
    str_append(&sql, "LOAD DATA LOCAL INFILE 'rows' INTO TABLE ");
    rows_append_table(&sql, SQL_MYSQL, copying->target);
    str_append(&sql,
               " CHARACTER SET utf8mb4 FIELDS TERMINATED BY 0x09 ESCAPED BY 0x5C LINES TERMINATED BY 0x0A");
    append_read_columns(&sql, copying->target);
    bool good = run_load(copying, sql.data, sql.length, &warned);
    if (!good && !copying->copied->source)
        blame_row(copying, dun_error_message(copying->error), 0);
    str_free(&sql);
    return good && (!warned || check_warnings(copying));
}

static void append_value(struct copying *copying, size_t i)
{
    const struct row_value *value = &copying->values[i];
    const char *conversion = conversion_of(copying->target->columns[i].type);
    if (!conversion) {
        sql_quote_literal(&copying->data, SQL_MYSQL, value->text, value->length);
        return;
    }
    struct str literal = STR_INIT;
    sql_quote_literal(&literal, SQL_MYSQL, value->text, value->length);
    append_converted(&copying->data, conversion, literal.data, literal.length);
    str_free(&literal);
}

static void append_values(struct copying *copying, bool first)
{
    struct str *sql = &copying->data;
    str_append(sql, first ? " VALUES (" : ", (");
    if (copying->target->numbered)
        str_printf(sql, "%" PRIu64 ", ", copying->copied->rows);
    for (size_t i = 0; i < copying->target->count; ++i) {
        if (i > 0)
            str_append(sql, ", ");
        append_value(copying, i);
    }
    str_append_char(sql, ')');
}

/* `before`: rows that were sent before those of the statement. */
static bool send_statement(struct copying *copying, uint64_t before)
{
    struct db_statement statement = {.sql = copying->data.data, .length = copying->data.length};
    dun_result *result = NULL;
    bool good = copying->connection->base.driver->query(&copying->connection->base, &statement, &result,
                                                        copying->error);
    dun_result_free(result);
    if (good)
        return true;
    error_position(copying->error, -1); /* in a statement that nobody has written */
    blame_row(copying, dun_error_message(copying->error), before);
    return false;
}

static bool insert(struct copying *copying)
{
    struct str head = STR_INIT;
    bool good = true;
    str_append(&head, "INSERT INTO ");
    rows_append_table(&head, SQL_MYSQL, copying->target);
    rows_append_columns(&head, SQL_MYSQL, copying->target);
    while (good && !copying->ended) {
        uint64_t before = copying->copied->rows;
        str_clear(&copying->data);
        str_append_n(&copying->data, head.data, head.length);
        int got = 1;
        while (copying->data.length < STATEMENT_BYTES && (got = next_row(copying)) > 0)
            append_values(copying, copying->copied->rows == before + 1);
        copying->ended = got == 0;
        good = got >= 0 && (copying->copied->rows == before || send_statement(copying, before));
    }
    str_free(&head);
    return good;
}

static bool ask_for_infile(struct mysql_connection *connection, dun_error *error)
{
    if (connection->infile_state != INFILE_UNKNOWN)
        return true;
    dun_result *result = NULL;
    if (!db_query(&connection->base, "SELECT @@GLOBAL.local_infile", &result, error))
        return false;
    connection->infile_state = result_integer(result, 0, 0, 0) ? INFILE_ALLOWED : INFILE_REFUSED;
    dun_result_free(result);
    return true;
}

static bool copy(dun_connection *connection, const struct row_target *target, struct row_source *source,
                 struct rows_copied *ret_copied, dun_error *error)
{
    struct arena *arena = arena_new();
    struct copying copying = {
        .connection = (struct mysql_connection *)connection,
        .target = target,
        .source = source,
        .copied = ret_copied,
        .values = arena_alloc(arena, (target->count + 1) * sizeof(struct row_value)),
        .error = error ? error : dun_error_new(),
    };
    *ret_copied = (struct rows_copied){0};
    bool good = ask_for_infile(copying.connection, copying.error) &&
                (copying.connection->infile_state == INFILE_ALLOWED ? load(&copying) : insert(&copying));
    if (!error)
        dun_error_free(copying.error);
    str_free(&copying.data);
    arena_free(arena);
    return good;
}

/* A temporary table may be named only once in a statement. */
static void append_update(struct str *to, const char *table, const char *stage, size_t count,
                          const char *const *columns, const char *const *expressions, const char *condition)
{
    str_printf(to, "UPDATE %s JOIN %s ON %s SET ", table, stage, condition);
    for (size_t i = 0; i < count; ++i)
        str_printf(to, "%s%s.%s = %s", i ? ", " : "", table, columns[i], expressions[i]);
}

/* Texts are the same for most collations when only case or accents differ. */
static bool is_text(const char *type)
{
    static const char *const words[] = {"char",       "varchar",  "tinytext", "text",
                                        "mediumtext", "longtext", "enum",     "set"};
    size_t length = strcspn(type, "( ");
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (strlen(words[i]) == length && strncasecmp(type, words[i], length) == 0)
            return true;
    return false;
}

static void append_differs(struct str *to, const char *type, const char *left, const char *right)
{
    const char *binary = is_text(type) ? "BINARY " : "";
    str_printf(to, "NOT (%s%s <=> %s%s)", binary, left, binary, right);
}

/*
 * Duplicates, references, NULL, no default, checks; values that are too long, out of range or none of the
 * type.
 */
static bool blames_data(const dun_error *error)
{
    static const int others[] = {1048, 1062, 1263, 1264, 1265, 1292, 1364, 1366, 1406,
                                 1451, 1452, 1526, 1644, 1690, 3140, 3819, 4025};
    const char *state = dun_error_sqlstate(error);
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        if (dun_error_number(error) == others[i])
            return true;
    return strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0;
}

static bool joins_transaction(const char *storage)
{
    static const char *const others[] = {"MyISAM",  "Aria",       "MEMORY",    "CSV",
                                         "ARCHIVE", "MRG_MyISAM", "BLACKHOLE", "FEDERATED"};
    for (size_t i = 0; storage && i < sizeof others / sizeof *others; ++i)
        if (strcasecmp(storage, others[i]) == 0)
            return false;
    return true;
}

const struct engine_rows mysql_rows = {
    .copy = copy,
    .append_update = append_update,
    .append_differs = append_differs,
    .append_read = append_read,
    /* What does not fit is refused instead of bent; a key of 0 is a key. */
    .prepare = "SET @dunlin_sql_mode = @@SESSION.sql_mode, SESSION sql_mode = CONCAT_WS(',', "
               "NULLIF(@@SESSION.sql_mode, ''), 'STRICT_ALL_TABLES', 'NO_AUTO_VALUE_ON_ZERO')",
    .restore = "SET SESSION sql_mode = @dunlin_sql_mode",
    .snapshot = "START TRANSACTION WITH CONSISTENT SNAPSHOT",
    .stage_right = "GRANT CREATE TEMPORARY TABLES ON the database TO the user",
    .number_type = "SIGNED",
    .insert_words = "",
    .true_text = "1",
    .false_text = "0",
    .references = REFERENCES_BY_ROW,
    .joins_transaction = joins_transaction,
    .blames_data = blames_data,
};
