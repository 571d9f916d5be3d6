/* The functions of this folder that stand in the tables of postgres.c; their contracts are in db/driver.h and
 * engine/engine.h. */
#ifndef POSTGRES_ROOMS_H
#define POSTGRES_ROOMS_H

#include "db/driver.h"
#include "engine/engine.h"
#include "engine/rows.h"

extern const struct db_driver postgres_driver;
extern const struct engine_lock postgres_lock;
extern const struct engine_history postgres_history;
extern const struct engine_scratch postgres_scratch;
extern const struct engine_tenants postgres_tenants;
extern const struct engine_catalog postgres_catalog;
extern const struct engine_rows postgres_rows;

bool postgres_open(const struct db_url *url, const struct db_open_options *options,
                   dun_connection **ret_connection, dun_error *error);
void postgres_close(dun_connection *connection);
bool postgres_alive(dun_connection *connection);
bool postgres_may_come_up(const dun_error *error);
bool postgres_is_full(const dun_error *error);

bool postgres_query(dun_connection *connection, const struct db_statement *statement, dun_result **ret_result,
                    dun_error *error);
bool postgres_begin(dun_connection *connection, dun_error *error);
bool postgres_commit(dun_connection *connection, dun_error *error);
bool postgres_rollback(dun_connection *connection, dun_error *error);

bool postgres_batch(dun_connection *connection, const struct db_batch *batch, struct db_outcome *outcomes,
                    size_t *ret_failed, dun_error *error);

bool postgres_read_raw(dun_connection *connection, struct arena *arena, struct catalog_raw *ret_raw,
                       dun_error *error);

bool postgres_read_raw_schema(dun_connection *connection, const char *schema, struct arena *arena,
                              struct catalog_raw *ret_raw, dun_error *error);

bool postgres_outside(dun_connection *connection, const char *schema, struct arena *arena,
                      const char *const **ret_schemas, bool *ret_any, dun_error *error);

bool postgres_stream_open(dun_connection *connection, const struct db_statement *statement,
                          dun_stream **ret_stream, dun_error *error);
int postgres_stream_next(dun_stream *stream, dun_error *error);
void postgres_stream_close(dun_stream *stream);

#endif
