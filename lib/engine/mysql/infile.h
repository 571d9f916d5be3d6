/*
 * LOAD DATA LOCAL: the server asks the client for a file. It is only ever given what rows.c is about to send;
 * a server that asks without being told to gets nothing, and no file is opened, whatever name it says.
 */
#ifndef ENGINE_MYSQL_INFILE_H
#define ENGINE_MYSQL_INFILE_H

#include "engine/mysql/client.h"

#include <stddef.h>

/* Where the bytes come from while a LOAD DATA runs. */
struct mysql_infile {
    /* Fills the buffer; gives how many bytes, 0 at the end, -1 on failure. */
    int (*read)(void *user, char *buffer, unsigned size);
    void *user;
};

/* Before connecting: `infile` is looked at whenever the server asks, and refused while its `read` is NULL. */
void mysql_engine_infile_install(MYSQL *handle, const struct mysql_infile *infile);

#endif
