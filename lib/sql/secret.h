/*
 * Passwords in SQL: of CREATE ROLE ... PASSWORD, CREATE USER ... IDENTIFIED BY, OPTIONS (password '...'),
 * CONNECTION 'password=...'. For whatever shows statements: the echo of a connection, excerpts and messages
 * of errors.
 */
#ifndef SQL_SECRET_H
#define SQL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* A search through a text, which may be a part of a statement, of any dialect. */
struct sql_secrets {
    const char *at, *end;
    bool identified; /* IDENTIFIED was passed */
};

/*
 * The next literal that stands where a password does, without its quotes, or the password of a connection in
 * a literal; up to the end of the text where it is not closed. False: there is none left. Rather too much is
 * found than too little.
 */
bool sql_next_secret(struct sql_secrets *search, const char **ret_begin, const char **ret_end);

/* Each character of a secret becomes an asterisk, so that places in the text stay what they are. */
void sql_hide_secrets(struct str *text);

#endif
