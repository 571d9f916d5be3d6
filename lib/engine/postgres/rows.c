/* Many rows at once: COPY in its text form, and sequences that are moved past what was loaded. */
#include "base/error.h"
#include "db/result.h"
#include "engine/postgres/error.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"
#include "engine/rows_text.h"
#include "sql/quote.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 128 * 1024, ROWS_BETWEEN_CHECKS = 1024, MOST_COLUMNS = 1664 };

static void append_copy(struct str *sql, const struct row_target *target)
{
    str_append(sql, "COPY ");
    rows_append_table(sql, SQL_POSTGRESQL, target);
    rows_append_columns(sql, SQL_POSTGRESQL, target);
    str_append(sql, " FROM STDIN");
}

/* What COPY's text form escapes. */
static const char escapes[256] = {
    ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\v'] = 'v'};

struct copying {
    struct session *session;
    const struct row_target *target;
    struct row_source *source;
    struct rows_copied *copied;
    struct row_value *values;
    struct str data;
};

/*
 * After an error the server throws the rest away, and tells the error when we are through. False: given up.
 */
static bool send(struct copying *copying)
{
    struct session *session = copying->session;
    if (session->pq->PQputCopyData(session->pg, copying->data.data, (int)copying->data.length) < 0)
        return false;
    str_clear(&copying->data);
    return session_flush(session) && session->ending == TASK_READY;
}

static void check_scope(struct session *session)
{
    if (session->ending == TASK_READY)
        session->ending = task_check();
}

/* Until the source ends or fails, or the server does not want more. False: the source failed. */
static bool send_rows(struct copying *copying, dun_error *error)
{
    for (;;) {
        int got = copying->source->next(copying->source, copying->values, error);
        if (got <= 0)
            return got == 0;
        rows_append_line(&copying->data, copying->target, copying->values, ++copying->copied->rows, escapes);
        if (copying->copied->rows % ROWS_BETWEEN_CHECKS == 0)
            check_scope(copying->session);
        if (copying->session->ending != TASK_READY || (copying->data.length >= CHUNK && !send(copying)))
            return true;
    }
}

/*
 * "COPY customers, line 5, column id: ..." in the server's language: the first number after the table's name.
 */
static const char *read_line_of_context(const char *context, uint64_t *ret_line)
{
    const char *comma = strncmp(context, "COPY ", 5) == 0 ? strchr(context, ',') : NULL;
    const char *digits = comma ? comma + strcspn(comma, "0123456789\n") : "";
    if (*digits < '0' || *digits > '9')
        return NULL;
    char *end;
    *ret_line = strtoull(digits, &end, 10);
    return end;
}

/* What follows is ", column NAME: ..." or nothing. */
static void name_column(const char *rest, dun_error *error)
{
    const char *space = strncmp(rest, ", ", 2) == 0 ? strchr(rest + 2, ' ') : NULL;
    const char *colon = space ? strstr(space, ": ") : NULL;
    if (colon)
        error_context(error, "column %.*s", (int)(colon - space - 1), space + 1);
}

static bool refused(struct copying *copying, const PGresult *result, dun_error *error)
{
    postgres_row_error(copying->session, result, error);
    const char *context = copying->session->pq->PQresultErrorField(result, PG_DIAG_CONTEXT);
    const char *rest = context ? read_line_of_context(context, &copying->copied->row) : NULL;
    if (rest)
        name_column(rest, error);
    return false;
}

/* Reads the server's answer to its end. The first error counts. */
static bool read_answer(struct copying *copying, dun_error *error)
{
    struct session *session = copying->session;
    PGresult *result = NULL;
    bool good = true, answered = false;
    while (!session->head.lost && session_result(session, &result) && result) {
        if (session->pq->PQresultStatus(result) == PGRES_FATAL_ERROR && good)
            good = refused(copying, result, error);
        answered = true;
        session->pq->PQclear(result);
    }
    return good && !answered ? postgres_link_error(session, error) : good;
}

static bool start(struct copying *copying, const char *sql, size_t length, dun_error *error)
{
    struct session *session = copying->session;
    PGresult *first = NULL;
    if (!session_text(session, sql, length, error))
        return false;
    db_echo(&session->head, sql, length);
    if (!session->pq->PQsendQuery(session->pg, str_text(&session->text)))
        return postgres_link_error(session, error);
    session->head.round_trips += 2;
    if (!session_flush(session) || !session_result(session, &first) || !first)
        return postgres_link_error(session, error);
    bool good = session->pq->PQresultStatus(first) == PGRES_COPY_IN ||
                postgres_result_error(session, first, sql, length, error);
    session->pq->PQclear(first);
    if (!good)
        read_answer(copying, NULL);
    return good;
}

static bool run(struct copying *copying, dun_error *error)
{
    struct session *session = copying->session;
    bool good = send_rows(copying, error);
    copying->copied->source = !good;
    if (good && copying->data.length > 0 && session->ending == TASK_READY)
        send(copying);
    bool whole = good && session->ending == TASK_READY;
    session->pq->PQputCopyEnd(session->pg, whole ? NULL : "not all rows could be read");
    session_flush(session);
    return read_answer(copying, good ? error : NULL) && good;
}

static bool copy(dun_connection *connection, const struct row_target *target, struct row_source *source,
                 struct rows_copied *ret_copied, dun_error *error)
{
    struct session *session = session_of(connection);
    *ret_copied = (struct rows_copied){0};
    if (target->count > MOST_COLUMNS)
        return error_set(error, DUN_BAD_INPUT, "%zu columns are more than a table can have", target->count);
    if (!session_begin(session, error))
        return false;
    struct arena *arena = arena_new();
    struct copying copying = {
        .session = session,
        .target = target,
        .source = source,
        .copied = ret_copied,
        .values = arena_alloc(arena, (target->count + 1) * sizeof(struct row_value)),
    };
    struct str sql = STR_INIT;
    append_copy(&sql, target);
    bool good = start(&copying, sql.data, sql.length, error) && run(&copying, error);
    session_end(session);
    str_free(&copying.data);
    str_free(&sql);
    arena_free(arena);
    return good;
}

/*
 * Sequences are found by what they are for: identity columns, and defaults that call nextval. Those behind
 * what is in the table are moved; they are never moved back, since others may have drawn from them.
 */
static const char find_sequences[] =
    "SELECT a.attname, s.oid::regclass::text, q.seqincrement > 0"
    " FROM pg_catalog.pg_attribute a"
    " JOIN LATERAL ("
    "  SELECT d.objid AS sequence FROM pg_catalog.pg_depend d WHERE d.classid = "
    "'pg_catalog.pg_class'::regclass"
    "   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = "
    "a.attnum"
    "   AND d.deptype IN ('i', 'a')"
    "  UNION SELECT d.refobjid FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_depend d"
    "   ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid"
    "   AND d.refclassid = 'pg_catalog.pg_class'::regclass"
    "   WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum) u ON true"
    " JOIN pg_catalog.pg_class s ON s.oid = u.sequence AND s.relkind = 'S'"
    " JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid"
    " WHERE a.attrelid = $1::regclass";

static void append_move(struct str *sql, const char *table, const char *column, const char *sequence,
                        bool rising)
{
    struct str name = STR_INIT, literal = STR_INIT;
    sql_quote_identifier(&name, SQL_POSTGRESQL, column);
    sql_quote_literal(&literal, SQL_POSTGRESQL, sequence, strlen(sequence));
    str_printf(
        sql,
        "SELECT pg_catalog.setval(%s::regclass, t.edge) FROM (SELECT %s(%s)::bigint AS edge FROM %s) t, %s s"
        " WHERE t.edge %s s.last_value OR (t.edge = s.last_value AND NOT s.is_called)",
        str_text(&literal), rising ? "max" : "min", str_text(&name), table, sequence, rising ? ">" : "<");
    str_free(&name);
    str_free(&literal);
}

static bool is_loaded(const struct row_target *target, const char *column)
{
    for (size_t i = 0; i < target->count; ++i)
        if (strcmp(target->columns[i].name, column) == 0)
            return true;
    return false;
}

/* Finds the sequences of the columns and appends a statement for each, with ";\n" behind it. */
static bool append_advance(dun_connection *connection, const struct row_target *target, struct str *to,
                           dun_error *error)
{
    struct str table = STR_INIT;
    rows_append_table(&table, SQL_POSTGRESQL, target);
    const char *parameters[] = {str_text(&table)};
    struct db_statement statement = {.sql = find_sequences,
                                     .length = sizeof find_sequences - 1,
                                     .parameter_count = 1,
                                     .parameters = parameters};
    dun_result *found = NULL;
    bool good = connection->driver->query(connection, &statement, &found, error);
    for (size_t i = 0; good && i < found->rows; ++i) {
        if (!is_loaded(target, result_text(found, i, 0)))
            continue;
        append_move(to, str_text(&table), result_text(found, i, 0), result_text(found, i, 1),
                    *result_text(found, i, 2) == 't');
        str_append(to, ";\n");
    }
    dun_result_free(found);
    str_free(&table);
    return good;
}

static bool advance(dun_connection *connection, const struct row_target *target, dun_error *error)
{
    struct str sql = STR_INIT;
    bool good = append_advance(connection, target, &sql, error) &&
                (sql.length == 0 || db_exec(connection, str_text(&sql), error));
    str_free(&sql);
    return good;
}

/* Types without an equality of their own compare as texts. */
static bool has_equality(const char *type)
{
    static const char *const without[] = {"json", "xml",  "point",   "line",  "lseg",
                                          "box",  "path", "polygon", "circle"};
    size_t length = strcspn(type, "([ ");
    for (size_t i = 0; i < sizeof without / sizeof *without; ++i)
        if (strlen(without[i]) == length && strncmp(type, without[i], length) == 0)
            return false;
    return true;
}

static void append_differs(struct str *to, const char *type, const char *left, const char *right)
{
    const char *cast = has_equality(type) ? "" : "::text";
    str_printf(to, "%s%s IS DISTINCT FROM %s%s", left, cast, right, cast);
}

/* Classes 22 (the value) and 23 (a constraint), and what a trigger raises by itself. */
static bool blames_data(const dun_error *error)
{
    const char *state = dun_error_sqlstate(error);
    return strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0 || strcmp(state, "P0001") == 0;
}

const struct engine_rows postgres_rows = {
    .copy = copy,
    .advance = advance,
    .append_advance = append_advance,
    .append_update = rows_append_update_from,
    .append_differs = append_differs,
    /* Stages are joined to tables, row by row: what fits into memory is twice as fast. */
    .prepare = "SELECT pg_catalog.set_config('work_mem', '64MB', false)"
               " WHERE pg_catalog.pg_size_bytes(pg_catalog.current_setting('work_mem')) < 64 * 1024 * 1024",
    .restore = "RESET work_mem",
    .snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ",
    .stage_right = "GRANT TEMPORARY ON DATABASE ... TO the role; a session that is read-only (a standby, "
                   "default_transaction_read_only) can make none",
    .number_type = "bigint",
    .insert_words = " OVERRIDING SYSTEM VALUE",
    .true_text = "true",
    .false_text = "false",
    .has_bits = true,
    .has_points = true,
    .references = REFERENCES_BY_STATEMENT,
    .defer = "SET CONSTRAINTS ALL DEFERRED",
    .enforce = "SET CONSTRAINTS ALL IMMEDIATE",
    .failure_spoils = true,
    .blames_data = blames_data,
};
