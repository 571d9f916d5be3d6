/*
 * Batches: many statements in one packet, of which the server stops at the first that fails. So a packet is a
 * round trip, and what comes after a failure has no effect. The next packet goes out only when the one before
 * has succeeded: packets that are sent ahead would run after a failure.
 *
 * Which statement failed is known by counting results, one for each. That holds as long as every item is
 * exactly one statement, which the splitter sees to; where the server finds more or fewer, the batch fails
 * and says so.
 */
#include "base/error.h"
#include "db/result.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/failure.h"
#include "engine/mysql/session.h"
#include "sql/lexer.h"

#include <string.h>

enum {
    MOST_STATEMENTS = 1000,
    LARGEST_PACKET =
        256 * 1024, /* well below any max_allowed_packet, and long enough for a round trip not to matter */
};

static const char separator[] = ";\n";

/* Items that go to the server together. A single one is sent from where it stands. */
struct packet {
    size_t first, count;
    bool many_results; /* one item, which may give any number of results */
    struct str glued;
    struct session_text single;
};

struct mysql_engine_batch_run {
    struct mysql_connection *connection;
    const struct db_batch *batch;
    struct db_outcome *outcomes;
    struct packet packet;
    size_t next; /* the first item that is not known to have succeeded */
};

static struct session_text text_of(const struct mysql_engine_batch_run *run, size_t index)
{
    const struct db_item *item = &run->batch->items[index];
    switch (item->kind) {
    case DB_BEGIN:
        return (struct session_text){.sql = "START TRANSACTION", .length = strlen("START TRANSACTION")};
    case DB_COMMIT:
        return (struct session_text){.sql = "COMMIT", .length = strlen("COMMIT")};
    case DB_READ:
    case DB_JOIN:
    case DB_APART:
        break;
    }
    return mysql_engine_session_text_of(run->connection, item->sql, item->length);
}

static bool goes_alone(const struct mysql_engine_batch_run *run, size_t index)
{
    return run->batch->items[index].many_results || text_of(run, index).many_results;
}

static bool is_one_of(const struct sql_token *token, const char *const *words)
{
    while (*words && !sql_token_is(token, *words))
        ++words;
    return *words;
}

/* A trigger, routine or event. What has such a name among its first words is taken for one, too. */
static bool is_program(const struct session_text *text)
{
    static const char *const verbs[] = {"CREATE", "ALTER", NULL};
    static const char *const programs[] = {"TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", NULL};
    static const char *const others[] = {"TABLE", "VIEW", "INDEX", NULL};
    enum { MOST_WORDS = 16 }; /* with OR REPLACE, a definer and executable comments around them */
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_MYSQL, text->sql, text->length);
    struct sql_token token = sql_lexer_next_significant(&lexer);
    while (token.kind == SQL_TOKEN_EXECUTABLE)
        token = sql_lexer_next_significant(&lexer);
    if (!is_one_of(&token, verbs))
        return false;
    for (int i = 0; i < MOST_WORDS && token.kind != SQL_TOKEN_END && !is_one_of(&token, others); ++i) {
        if (is_one_of(&token, programs))
            return true;
        token = sql_lexer_next_significant(&lexer);
    }
    return false;
}

/*
 * MySQL keeps the text of a program with the semicolon that follows in the packet, and then its own dump of
 * the database cannot be loaded. MariaDB does not.
 */
static bool ends_packet(const struct mysql_engine_batch_run *run, const struct session_text *text)
{
    return !run->connection->is_mariadb && is_program(text);
}

/*
 * Under NO_BACKSLASH_ESCAPES a backslash does not keep a string open, so statements may end elsewhere than
 * where the splitter has cut, which reads strings as the servers' defaults have it.
 */
static bool is_read_otherwise(const struct mysql_engine_batch_run *run, const struct db_item *item)
{
    return item->sql && (run->connection->handle->server_status & SERVER_STATUS_NO_BACKSLASH_ESCAPES) &&
           memchr(item->sql, '\\', item->length);
}

static bool refuse_backslash(dun_error *error)
{
    error_set(error, DUN_BAD_INPUT,
              "the statement has a backslash, and sql_mode has NO_BACKSLASH_ESCAPES: where its strings end "
              "cannot be told");
    error_hint(error, "begin the migration with SET sql_mode = DEFAULT, or write the backslash as CHAR(92)");
    return false;
}

static bool is_valid(const struct mysql_engine_batch_run *run, size_t index, dun_error *error)
{
    const struct db_item *item = &run->batch->items[index];
    if (item->copy_data)
        return error_set(error, DUN_BAD_INPUT,
                         "COPY ... FROM stdin is PostgreSQL's; MySQL and MariaDB do not know it");
    if (is_read_otherwise(run, item))
        return refuse_backslash(error);
    if (item->may_fail && (item->kind != DB_READ || index + 1 != run->batch->count))
        return error_set(error, DUN_USAGE, "only the last item of a batch may fail, and only when it reads");
    return true;
}

/* Takes items from `next` on: one, or as many as fit. What is not valid is left for the next packet to find.
 */
static bool fill_packet(struct mysql_engine_batch_run *run, dun_error *error)
{
    struct packet *packet = &run->packet;
    packet->first = run->next;
    packet->count = 1;
    str_clear(&packet->glued);
    if (!is_valid(run, packet->first, error))
        return false;
    packet->single = text_of(run, packet->first);
    packet->many_results = goes_alone(run, packet->first);
    if (packet->many_results)
        return true;
    size_t size = packet->single.length;
    bool ends = ends_packet(run, &packet->single);
    for (size_t i = packet->first + 1; !ends && i < run->batch->count && packet->count < MOST_STATEMENTS;
         ++i) {
        struct session_text text = text_of(run, i);
        size += strlen(separator) + text.length;
        if (size > LARGEST_PACKET || goes_alone(run, i) || !is_valid(run, i, NULL))
            break;
        if (packet->count == 1)
            str_append_n(&packet->glued, packet->single.sql, packet->single.length);
        str_append(&packet->glued, separator);
        str_append_n(&packet->glued, text.sql, text.length);
        packet->count++;
        ends = ends_packet(run, &text);
    }
    return true;
}

static struct session_text packet_text(const struct packet *packet)
{
    if (packet->count == 1)
        return packet->single;
    return (struct session_text){.sql = packet->glued.data, .length = packet->glued.length};
}

static bool send_packet(struct mysql_engine_batch_run *run, dun_error *error)
{
    const struct packet *packet = &run->packet;
    for (size_t i = 0; i < packet->count; ++i) {
        struct session_text text = text_of(run, packet->first + i);
        db_echo(&run->connection->base, text.sql, text.length);
    }
    struct session_text text = packet_text(packet);
    return mysql_engine_operation_send(run->connection, text.sql, text.length, error);
}

/* The server's error for item `next`, which is placed in the packet for the position to be found. */
static bool statement_failed(struct mysql_engine_batch_run *run, dun_error *error)
{
    struct session_text packet = packet_text(&run->packet);
    size_t start = 0;
    for (size_t i = run->packet.first; i < run->next; ++i)
        start += text_of(run, i).length + strlen(separator);
    return mysql_engine_failure_of_statement(run->connection, packet.sql + start, packet.length - start,
                                             text_of(run, run->next).length, error);
}

static bool wrong_count(struct mysql_engine_batch_run *run, const char *more_or_fewer, dun_error *error)
{
    run->next = run->packet.first;
    mysql_engine_operation_drain(run->connection);
    run->connection->base.lost = true; /* what has run is not known, so nothing may go on from here */
    error_set(error, DUN_FAILED, "the server has seen %s statements than the %zu that were sent to it",
              more_or_fewer, run->packet.count);
    error_hint(error, "a statement holds a semicolon that dunlin reads differently; does sql_mode have "
                      "NO_BACKSLASH_ESCAPES or ANSI_QUOTES, and a string a backslash or double quotes?");
    error_state(error, "Which of these statements have run is not known.");
    return false;
}

static void item_succeeded(struct mysql_engine_batch_run *run)
{
    const struct db_item *item = &run->batch->items[run->next];
    if (item->kind == DB_BEGIN)
        run->connection->base.in_transaction = true;
    if (item->kind == DB_COMMIT)
        run->connection->base.in_transaction = false;
    if (run->batch->progress)
        run->batch->progress(run->batch->user, run->next);
    run->next++;
}

/* Reads what item `next` gives. False: the server's error is at hand. */
static bool read_item(struct mysql_engine_batch_run *run)
{
    bool keep = run->batch->items[run->next].keep_result;
    dun_result *result = NULL;
    if (!mysql_engine_operation_read_rows(run->connection, keep ? &result : NULL))
        return false;
    if (keep && !result) {
        result = result_new();
        result->affected = (int64_t)libmariadb.mysql_affected_rows(run->connection->handle);
    }
    if (run->packet.many_results && !mysql_engine_operation_drain(run->connection)) {
        dun_result_free(result);
        return false;
    }
    if (keep)
        run->outcomes[run->next].result = result;
    return true;
}

/*
 * An executable comment for another version leaves nothing to do, which the server calls an error; it ends
 * the packet.
 */
static bool was_empty(const struct mysql_engine_batch_run *run)
{
    return libmariadb.mysql_errno(run->connection->handle) == FAILURE_EMPTY_STATEMENT &&
           run->connection->wait.ended == TASK_READY;
}

static bool item_failed(struct mysql_engine_batch_run *run, dun_error *error)
{
    if (!run->batch->items[run->next].may_fail)
        return statement_failed(run, error);
    dun_error *failure = dun_error_new();
    statement_failed(run, failure);
    if (run->connection->base.lost || run->connection->wait.ended != TASK_READY) {
        error_move(error, failure);
        dun_error_free(failure);
        return false;
    }
    run->outcomes[run->next].error = failure;
    run->next++;
    return true;
}

static bool read_packet(struct mysql_engine_batch_run *run, dun_error *error)
{
    MYSQL *handle = run->connection->handle;
    size_t end = run->packet.first + run->packet.count;
    int next = mysql_engine_operation_read_first(run->connection) ? 0 : 1;
    while (next == 0 && read_item(run)) {
        bool more = libmariadb.mysql_more_results(handle);
        if (more != (run->next + 1 < end))
            return wrong_count(run, more ? "more" : "fewer", error);
        item_succeeded(run);
        if (run->next == end)
            return true;
        mysql_engine_wait_statement_ended(&run->connection->wait);
        next = libmariadb.mysql_next_result(handle);
    }
    if (was_empty(run)) {
        if (run->batch->items[run->next].keep_result)
            run->outcomes[run->next].result = result_new();
        item_succeeded(run);
        return true;
    }
    return item_failed(run, error);
}

static bool run_packet(struct mysql_engine_batch_run *run, dun_error *error)
{
    if (!fill_packet(run, error) || !mysql_engine_operation_begin(run->connection, "the statement", error))
        return false;
    bool done = send_packet(run, error) && read_packet(run, error);
    mysql_engine_operation_end(run->connection);
    return done;
}

bool mysql_engine_batch_run(dun_connection *connection, const struct db_batch *batch,
                            struct db_outcome *outcomes, size_t *ret_failed, dun_error *error)
{
    struct mysql_engine_batch_run run = {
        .connection = (struct mysql_connection *)connection,
        .batch = batch,
        .outcomes = outcomes,
    };
    bool done = true;
    while (done && run.next < batch->count)
        done = run_packet(&run, error);
    str_free(&run.packet.glued);
    if (!done)
        *ret_failed = run.next;
    return done;
}
