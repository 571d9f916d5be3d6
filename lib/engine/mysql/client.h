/*
 * libmariadb, opened when the first connection is made. Everything of this folder that calls the client
 * includes it.
 */
#ifndef ENGINE_MYSQL_CLIENT_H
#define ENGINE_MYSQL_CLIENT_H

#include "base/library.h"

#include <mysql.h>
#include <stdbool.h>

#define LIBMARIADB_FUNCTIONS(X)       \
    X(mysql_server_init)              \
    X(mysql_init)                     \
    X(mysql_optionsv)                 \
    X(mysql_get_optionv)              \
    X(mysql_real_connect)             \
    X(mysql_close)                    \
    X(mysql_errno)                    \
    X(mysql_error)                    \
    X(mysql_sqlstate)                 \
    X(mysql_real_query)               \
    X(mysql_send_query)               \
    X(mysql_read_query_result)        \
    X(mysql_next_result)              \
    X(mysql_more_results)             \
    X(mysql_field_count)              \
    X(mysql_use_result)               \
    X(mysql_fetch_fields)             \
    X(mysql_num_fields)               \
    X(mysql_fetch_row)                \
    X(mysql_fetch_lengths)            \
    X(mysql_free_result)              \
    X(mysql_affected_rows)            \
    X(mysql_thread_id)                \
    X(mysql_get_socket)               \
    X(mysql_get_server_info)          \
    X(mysql_get_client_info)          \
    X(mysql_get_ssl_cipher)           \
    X(mysql_set_local_infile_handler) \
    X(mysql_warning_count)

struct libmariadb {
    LIBMARIADB_FUNCTIONS(LIBRARY_POINTER)
};

/* Filled by mysql_engine_client_open, and never changed afterwards. */
extern struct libmariadb libmariadb;

/*
 * Opens the library unless that is done; from any thread. Fails with DUN_FAILED and a hint naming the
 * package.
 */
bool mysql_engine_client_open(dun_error *error);

#endif
