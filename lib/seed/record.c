#include "seed/record.h"

#include "base/error.h"
#include "base/str.h"
#include "db/result.h"
#include "engine/own_table.h"
#include "sql/quote.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool seed_record_init(struct arena *arena, const struct dun_engine *engine, const char *history,
                      struct seed_record *ret_record, dun_error *error)
{
    const char *name = own_table_of_seeds(arena, history);
    struct str quoted = STR_INIT;
    bool good = sql_quote_qualified(&quoted, engine->dialect, name) ||
                error_set(error, DUN_BAD_INPUT, "\"%s\" is not the name of a table", name);
    if (good)
        *ret_record = (struct seed_record){.arena = arena,
                                           .engine = engine,
                                           .table = arena_strdup(arena, str_text(&quoted)),
                                           .files = map_new(arena)};
    str_free(&quoted);
    return good;
}

void seed_record_read(const struct seed_record *record, struct db_item *ret_item)
{
    const char *sql = arena_printf(record->arena, "SELECT file, checksum, size FROM %s", record->table);
    *ret_item = (struct db_item){
        .kind = DB_READ, .sql = sql, .length = strlen(sql), .keep_result = true, .may_fail = true};
}

bool seed_record_take(struct seed_record *record, struct db_outcome *outcome, dun_error *error)
{
    bool good = true;
    if (outcome->error) {
        good = record->engine->history->is_missing_table(outcome->error);
        if (!good)
            error_move(error, outcome->error);
    }
    record->exists = outcome->result != NULL;
    for (size_t i = 0; outcome->result && i < outcome->result->rows; ++i) {
        struct seed_recorded *recorded = ARENA_NEW(record->arena, struct seed_recorded);
        recorded->checksum = arena_strdup(record->arena, result_text(outcome->result, i, 1));
        recorded->size = (uint64_t)result_integer(outcome->result, i, 2, 0);
        map_add(record->files, arena_strdup(record->arena, result_text(outcome->result, i, 0)), recorded);
    }
    db_outcomes_clear(outcome, 1);
    return good;
}

const char *seed_record_create(const struct seed_record *record)
{
    return arena_printf(record->arena,
                        "CREATE TABLE IF NOT EXISTS %s (\n"
                        "    file       VARCHAR(500) NOT NULL PRIMARY KEY,\n"
                        "    checksum   VARCHAR(64)  NOT NULL,\n"
                        "    size       BIGINT       NOT NULL,\n"
                        "    loaded     BIGINT,\n"
                        "    loaded_at  VARCHAR(32)  NOT NULL,\n"
                        "    loaded_by  VARCHAR(320) NOT NULL\n"
                        ")",
                        record->table);
}

static void append_literal(struct str *sql, const struct seed_record *record, const char *text)
{
    sql_quote_literal(sql, record->engine->dialect, text, strlen(text));
}

void seed_record_write(const struct seed_record *record, const struct seed_entry *entry,
                       const char *ret_sql[2])
{
    struct str sql = STR_INIT;
    str_printf(&sql, "DELETE FROM %s WHERE file = ", record->table);
    append_literal(&sql, record, entry->file);
    ret_sql[0] = arena_strdup(record->arena, str_text(&sql));
    str_clear(&sql);
    str_printf(&sql, "INSERT INTO %s (file, checksum, size, loaded, loaded_at, loaded_by) VALUES (",
               record->table);
    append_literal(&sql, record, entry->file);
    str_append(&sql, ", ");
    append_literal(&sql, record, entry->checksum);
    str_printf(&sql, ", %" PRIu64 ", ", entry->size);
    if (entry->rows >= 0)
        str_printf(&sql, "%" PRId64, entry->rows);
    else
        str_append(&sql, "NULL");
    str_printf(&sql, ", CAST(%s AS CHAR(23)), ", record->engine->history->now);
    append_literal(&sql, record, entry->applied_by ? entry->applied_by : "unknown");
    str_append_char(&sql, ')');
    ret_sql[1] = arena_strdup(record->arena, str_text(&sql));
    str_free(&sql);
}
