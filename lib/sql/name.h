/* Names as people write them in SQL, taken apart. Used where a text names an object of the catalog. */
#ifndef SQL_NAME_H
#define SQL_NAME_H

#include "base/arena.h"
#include "sql/dialect.h"

#include <stdbool.h>
#include <stddef.h>

enum { SQL_NAME_PARTS = 3 };

struct sql_name {
    const char *parts[SQL_NAME_PARTS]; /* the qualification first */
    size_t count;                      /* from 1 */
};

/* May it stand in a name without quotes? Of UTF-8, every byte beyond ASCII may. */
bool sql_is_of_name(char c);

/*
 * Parts come out as the catalog has them: without quotes, and what is not quoted in lower case on PostgreSQL
 * (manual, 4.1.1). False: the text is no name of one to three parts, with dots between them, or there is more
 * behind it.
 */
bool sql_name_read(struct arena *arena, enum sql_dialect dialect, const char *text, size_t length,
                   struct sql_name *ret_name);

#endif
