/* Pieces of JSON that several formats of seeds need. */
#ifndef SEED_JSON_TEXT_H
#define SEED_JSON_TEXT_H

#include "base/str.h"

#include <stddef.h>

/* UTF-8 as a string, with its quotes. */
void seed_json_append_string(struct str *to, const char *text, size_t length);

/* How many bytes at the start of a text are a number as RFC 8259 has it; 0: none. */
size_t seed_json_number_length(const char *text, size_t length);

#endif
