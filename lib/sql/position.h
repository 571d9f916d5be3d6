/* Line and column of a place in a text, found by going forward once. For the splitter and for sql_error_at.
 */
#ifndef SQL_POSITION_H
#define SQL_POSITION_H

#include <stdint.h>

struct sql_position {
    const char *at;
    uint32_t line, column; /* from 1; columns count characters */
};

/* `to` is not before position->at. Lines end at a line feed. */
void sql_position_advance(struct sql_position *position, const char *to);

#endif
