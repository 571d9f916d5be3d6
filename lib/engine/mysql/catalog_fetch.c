#include "engine/mysql/catalog_fetch.h"

#include "base/error.h"
#include "base/str.h"
#include "engine/mysql/connection.h"
#include "engine/mysql/failure.h"

#include <string.h>

static const char separator[] = ";\n";

struct packet {
    struct mysql_connection *connection;
    const struct catalog_fetch *fetch;
    size_t first, end; /* the statements of the packet */
    struct str text;
};

static void fill(struct packet *packet)
{
    const struct catalog_fetch *fetch = packet->fetch;
    str_clear(&packet->text);
    for (packet->end = packet->first; packet->end < fetch->count; ++packet->end) {
        const char *statement = fetch->statements[packet->end];
        size_t more = strlen(statement) + strlen(separator);
        if (packet->end > packet->first && packet->text.length + more > fetch->most_bytes)
            return;
        if (packet->end > packet->first)
            str_append(&packet->text, separator);
        str_append(&packet->text, statement);
        db_echo(&packet->connection->base, statement, strlen(statement));
    }
}

static bool failed(const struct packet *packet, size_t index, dun_error *error)
{
    size_t start = 0;
    for (size_t i = packet->first; i < index; ++i)
        start += strlen(packet->fetch->statements[i]) + strlen(separator);
    return mysql_engine_failure_of_statement(packet->connection, packet->text.data + start,
                                             packet->text.length - start,
                                             strlen(packet->fetch->statements[index]), error);
}

static bool read(const struct packet *packet, size_t *ret_failed, dun_error *error)
{
    MYSQL *handle = packet->connection->handle;
    bool good = mysql_engine_operation_read_first(packet->connection);
    for (size_t i = packet->first; i < packet->end; ++i) {
        dun_result *rows = NULL;
        good = good && mysql_engine_operation_read_rows(packet->connection, &rows);
        if (!good) {
            *ret_failed = i;
            return failed(packet, i, error);
        }
        packet->fetch->take(packet->fetch->user, i, rows);
        dun_result_free(rows);
        mysql_engine_wait_statement_ended(&packet->connection->wait);
        good = i + 1 == packet->end || libmariadb.mysql_next_result(handle) == 0;
    }
    return true;
}

static bool run(struct packet *packet, size_t *ret_failed, dun_error *error)
{
    *ret_failed = packet->first;
    if (!mysql_engine_operation_begin(packet->connection, "reading the catalog", error))
        return false;
    fill(packet);
    bool done =
        mysql_engine_operation_send(packet->connection, packet->text.data, packet->text.length, error) &&
        read(packet, ret_failed, error);
    mysql_engine_operation_end(packet->connection);
    return done;
}

bool mysql_engine_catalog_fetch(dun_connection *connection, const struct catalog_fetch *fetch,
                                size_t *ret_failed, dun_error *error)
{
    struct packet packet = {.connection = (struct mysql_connection *)connection, .fetch = fetch};
    bool done = true;
    for (packet.first = 0; done && packet.first < fetch->count; packet.first = packet.end)
        done = run(&packet, ret_failed, error);
    str_free(&packet.text);
    return done;
}
