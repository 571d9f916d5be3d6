/*
 * Batches, by libpq's pipeline mode. What makes "no later item has any effect" true:
 *
 * - After an error the server skips everything up to the next Sync. So all the transactions of a run stand
 * before one Sync, sent when the run has to be waited for: whatever fails, were it a COMMIT with a deferred
 * constraint, takes all that follow it with it. A Sync per transaction would not do: the transaction after a
 * failed COMMIT would run.
 * - A DB_READ outside a transaction has a Sync of its own, so that it runs whatever happens to the others; a
 * transaction after one is sent only when it is known to have succeeded.
 * - DB_APART and COPY leave the pipeline: what stands before them is waited for.
 *
 * The server holds answers back until a Sync or a Flush, so each COMMIT is followed by a Flush.
 */
#include "engine/postgres/batch.h"
#include "base/error.h"
#include "engine/postgres/copy.h"
#include "engine/postgres/error.h"
#include "engine/postgres/rooms.h"
#include "engine/postgres/session.h"
#include "sql/lexer.h"

#include <stdlib.h>
#include <string.h>

/* So much may be under way without an answer; libpq keeps a copy of each such statement. */
enum { MOST_UNREAD = 2000, MOST_BYTES = 2 * 1024 * 1024 };

struct run {
    struct session *session;
    const struct db_batch *batch;
    struct db_outcome *outcomes;
    batch_rows rows; /* NULL: results are gathered in the outcomes */
    void *rows_user;
    dun_error *error;
    size_t sent, answered; /* items; those between are under way */
    size_t bytes;          /* of the items under way */
    size_t syncs;          /* under way */
    bool unsynced;         /* items were sent after the last Sync */
    bool unflushed;        /* items were sent after the last Sync or Flush */
    bool loose_reads;      /* reads outside a transaction are under way */
    bool inside;           /* the next item is inside a transaction */
    bool failed;
    size_t failed_index;
};

static struct db_statement statement_of(const struct db_item *item)
{
    if (item->kind == DB_BEGIN)
        return (struct db_statement){.sql = "BEGIN", .length = 5};
    if (item->kind == DB_COMMIT)
        return (struct db_statement){.sql = "COMMIT", .length = 6};
    return (struct db_statement){.sql = item->sql, .length = item->length};
}

static bool going_on(const struct run *run)
{
    return !run->failed && !run->session->head.lost && run->session->ending == TASK_READY;
}

static bool under_way(const struct run *run)
{
    return run->answered < run->sent || run->syncs > 0;
}

/* The error is set already. */
static void fail_at(struct run *run, size_t index)
{
    run->failed = true;
    run->failed_index = index;
}

/*
 * A read may have run although an item before it had failed. And an item may turn out to have failed when a
 * later one could not be sent, which then does not count.
 */
static bool is_after_failure(const struct run *run, size_t index)
{
    return run->failed && index > run->failed_index;
}

static void keep_success(struct run *run, size_t index, const PGresult *result)
{
    if (is_after_failure(run, index))
        return;
    if (run->rows)
        run->rows(run->rows_user, index, result);
    if (run->batch->items[index].keep_result && run->outcomes)
        run->outcomes[index].result = session_rows(run->session, result);
    if (run->batch->progress)
        run->batch->progress(run->batch->user, index);
}

static void keep_failure(struct run *run, size_t index, const PGresult *result)
{
    const struct db_item *item = &run->batch->items[index];
    struct db_statement statement = statement_of(item);
    struct session *session = run->session;
    if (is_after_failure(run, index))
        return;
    if (!item->may_fail || !run->outcomes || session->ending != TASK_READY) {
        postgres_result_error(session, result, statement.sql, statement.length, run->error);
        fail_at(run, index);
        return;
    }
    dun_error *error = dun_error_new();
    postgres_result_error(session, result, statement.sql, statement.length, error);
    if (!session->head.lost) {
        run->outcomes[index].error = error;
        return;
    }
    error_move(run->error, error);
    dun_error_free(error);
    fail_at(run, index);
}

/* COMMIT succeeds in a failed transaction too, as a rollback. */
static bool is_rolled_back(const struct run *run, size_t index, PGresult *result)
{
    return run->batch->items[index].kind == DB_COMMIT &&
           strcmp(run->session->pq->PQcmdStatus(result), "ROLLBACK") == 0;
}

static void take_answer(struct run *run, PGresult *result)
{
    size_t index = run->answered++;
    run->bytes -= statement_of(&run->batch->items[index]).length;
    ExecStatusType status = run->session->pq->PQresultStatus(result);
    if (status == PGRES_FATAL_ERROR) {
        keep_failure(run, index, result);
    } else if (status == PGRES_PIPELINE_ABORTED) {
        return; /* skipped, because of a failure that is known by now */
    } else if (is_rolled_back(run, index, result)) {
        error_set(run->error, DUN_FAILED,
                  "the transaction was rolled back, because a statement of it had failed");
        fail_at(run, index);
    } else {
        keep_success(run, index, result);
    }
}

/* Takes the next result; there must be something under way. False: nothing more will come. */
static bool read_one(struct run *run)
{
    const struct libpq *pq = run->session->pq;
    PGresult *result = NULL;
    if (!session_result(run->session, &result))
        return false;
    if (result && pq->PQresultStatus(result) == PGRES_PIPELINE_SYNC)
        run->syncs--;
    else if (result && run->answered < run->sent)
        take_answer(run, result);
    pq->PQclear(result);
    if (pq->PQstatus(run->session->pg) == CONNECTION_BAD)
        run->session->head.lost = true;
    return !run->session->head.lost;
}

static void send_sync(struct run *run)
{
    if (!run->unsynced)
        return;
    if (run->session->pq->PQpipelineSync(run->session->pg))
        run->syncs++;
    run->unsynced = run->unflushed = false;
}

static void send_flush(struct run *run)
{
    run->session->pq->PQsendFlushRequest(run->session->pg);
    run->unflushed = false;
}

/* Waits for all that is under way. */
static void drain(struct run *run)
{
    send_sync(run);
    if (under_way(run))
        run->session->head.round_trips++;
    while (under_way(run) && read_one(run))
        continue;
    run->loose_reads = false;
}

/* Waits until an item of that length may be sent; then down to half, so that such waits are few. */
static void make_room(struct run *run, size_t length)
{
    if (run->sent - run->answered < MOST_UNREAD && (run->bytes + length < MOST_BYTES || run->bytes == 0))
        return;
    if (run->unflushed)
        send_flush(run);
    run->session->head.round_trips++;
    while (run->sent > run->answered &&
           (run->sent - run->answered > MOST_UNREAD / 2 || run->bytes > MOST_BYTES / 2))
        if (!read_one(run))
            return;
}

static void queue(struct run *run, const struct db_item *item)
{
    struct db_statement statement = statement_of(item);
    if (item->kind == DB_BEGIN && run->loose_reads)
        drain(run);
    make_room(run, statement.length);
    if (!going_on(run))
        return;
    if (!session_send(run->session, &statement, run->error)) {
        fail_at(run, run->sent);
        return;
    }
    run->sent++;
    run->bytes += statement.length;
    run->unsynced = run->unflushed = true;
    if (item->kind == DB_BEGIN)
        run->inside = true;
    if (item->kind == DB_COMMIT) {
        run->inside = false;
        send_flush(run);
    }
    if (item->kind == DB_READ && !run->inside) {
        run->loose_reads = true;
        send_sync(run);
    }
}

/* Only a statement that begins with it can COPY; without data it is run apart, where it can be refused. */
static bool is_copy(const struct db_item *item)
{
    struct sql_lexer lexer;
    sql_lexer_init(&lexer, SQL_POSTGRESQL, item->sql, item->length);
    struct sql_token first = sql_lexer_next_significant(&lexer);
    return sql_token_is(&first, "COPY");
}

static bool stands_alone(const struct run *run, const struct db_item *item)
{
    if (item->kind == DB_BEGIN || item->kind == DB_COMMIT)
        return false;
    return item->kind == DB_APART || (item->kind == DB_JOIN && !run->inside) || item->copy_data ||
           is_copy(item);
}

static void run_alone(struct run *run, const struct db_item *item)
{
    struct session *session = run->session;
    drain(run);
    if (!going_on(run))
        return;
    if (!session->pq->PQexitPipelineMode(session->pg)) {
        postgres_link_error(session, run->error);
        fail_at(run, run->sent);
        return;
    }
    struct db_statement statement = statement_of(item);
    PGresult *result = NULL;
    size_t index = run->sent++;
    run->answered++;
    if (item->copy_data
            ? copy_in(session, &statement, item->copy_data, item->copy_length, &result, run->error)
            : session_execute(session, &statement, &result, run->error))
        keep_success(run, index, result);
    else
        fail_at(run, index);
    session->pq->PQclear(result);
    session->pq->PQenterPipelineMode(session->pg);
}

/* All items that may be sent, and their answers. */
static void run_items(struct run *run)
{
    run->session->pq->PQenterPipelineMode(run->session->pg);
    while (run->sent < run->batch->count && going_on(run)) {
        const struct db_item *item = &run->batch->items[run->sent];
        if (stands_alone(run, item))
            run_alone(run, item);
        else
            queue(run, item);
    }
    if (!run->session->head.lost)
        drain(run);
    run->session->pq->PQexitPipelineMode(run->session->pg);
}

/* Ended early without an item to blame. */
static bool ended_early(struct run *run)
{
    struct session *session = run->session;
    if (session->head.lost)
        return postgres_link_error(session, run->error);
    return task_outcome_error(session->ending, "not all of the statements were sent", run->error);
}

/* In a transaction that has failed, a COMMIT would succeed as a rollback, and what follows it would run. */
static bool can_begin(const struct session *session, dun_error *error)
{
    if (session->pq->PQtransactionStatus(session->pg) != PQTRANS_INERROR)
        return true;
    error_set(error, DUN_FAILED, "the transaction that is open has failed already");
    error_server(error, "25P02", 0);
    error_hint(error, "only a ROLLBACK ends it");
    return false;
}

static bool run_batch(struct run *run, size_t *ret_failed)
{
    struct session *session = run->session;
    run->inside = session->head.in_transaction;
    if (!session_begin(session, run->error) || !can_begin(session, run->error)) {
        *ret_failed = 0;
        return false;
    }
    if (run->batch->count)
        run_items(run);
    if (!run->failed && run->answered < run->batch->count) {
        ended_early(run);
        fail_at(run, run->answered);
    }
    session_end(session);
    if (run->failed)
        *ret_failed = run->failed_index;
    return !run->failed;
}

bool postgres_batch(dun_connection *connection, const struct db_batch *batch, struct db_outcome *outcomes,
                    size_t *ret_failed, dun_error *error)
{
    struct run run = {
        .session = session_of(connection), .batch = batch, .outcomes = outcomes, .error = error};
    return run_batch(&run, ret_failed);
}

bool postgres_batch_rows(dun_connection *connection, const struct db_batch *batch, batch_rows rows,
                         void *user, size_t *ret_failed, dun_error *error)
{
    struct run run = {
        .session = session_of(connection), .batch = batch, .rows = rows, .rows_user = user, .error = error};
    return run_batch(&run, ret_failed);
}
