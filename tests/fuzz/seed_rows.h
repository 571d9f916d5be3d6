/* What holds of the rows of any reader, whatever the bytes. For the fuzzers of the formats. */
#ifndef TESTS_FUZZ_SEED_ROWS_H
#define TESTS_FUZZ_SEED_ROWS_H

#include "seed/reader.h"
#include "sql/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void check_row(const struct seed_reader *reader, unsigned last_line)
{
    if (reader->line < last_line)
        abort();
    for (size_t i = 0; i < reader->count; ++i) {
        const struct seed_value *value = &reader->values[i];
        if (value->kind == SEED_ABSENT || value->kind == SEED_NULL)
            continue;
        if (value->length && utf8_check(value->text, value->length) != value->length)
            abort();
    }
    if (reader->label && utf8_check(reader->label, reader->label_length) != reader->label_length)
        abort();
}

/* Reads all; a failure has a message, and a place that is in the text. */
static inline void read_all(const uint8_t *data, size_t size, enum seed_syntax syntax)
{
    dun_error *error = dun_error_new();
    struct seed_reader *reader = seed_reader_of_text((const char *)data, size, syntax, error);
    int got = reader ? 1 : -1;
    for (unsigned line = 0; got > 0;) {
        got = seed_reader_next(reader, error);
        if (got > 0) {
            check_row(reader, line);
            line = reader->line;
        }
    }
    if (got < 0 && (dun_error_code(error) != DUN_BAD_INPUT || dun_error_line(error) > size + 2))
        abort();
    seed_reader_close(reader);
    dun_error_free(error);
}

#endif
