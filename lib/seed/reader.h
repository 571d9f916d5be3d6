/*
 * Rows of a seed file, one after the other, whatever format the file has. Fuzzed: bytes come from anywhere.
 *
 * CSV and TSV have a header that names all columns; in the other formats each row names its own, so `names`
 * grows as the file is read, and a column that a row does not name is SEED_ABSENT in it.
 */
#ifndef SEED_READER_H
#define SEED_READER_H

#include "base/arena.h"
#include "seed/format.h"
#include "seed/input.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum seed_kind {
    SEED_ABSENT,
    SEED_NULL,
    SEED_TEXT,
    SEED_NUMBER,  /* as it is written */
    SEED_BOOLEAN, /* "true" or "false" */
    SEED_JSON,    /* a list or map, as JSON */
};

/* The text lives until the next row, and is not ended by NUL. */
struct seed_value {
    enum seed_kind kind;
    const char *text;
    size_t length;
    unsigned line, column; /* 0: unknown; the row's line counts */
};

enum seed_syntax { SEED_CSV, SEED_TSV, SEED_JSON_ARRAY, SEED_JSON_LINES, SEED_YAML, SEED_SQL };

struct seed_reader {
    struct arena *arena; /* its own */
    struct seed_input input;
    struct seed_format format; /* with what the file itself says */
    size_t count;              /* columns named so far */
    const char **names;
    struct seed_value *values; /* of the row; `count` of them */
    size_t capacity;
    uint64_t row;      /* its number, from 1 */
    unsigned line;     /* where it begins */
    const char *label; /* the row's "$label", in the input's buffer or NULL */
    size_t label_length;
    int (*next_row)(struct seed_reader *reader, dun_error *error);
    void (*close)(struct seed_reader *reader); /* NULL: nothing to do */
    void *state;                               /* of the format */
};

/* What a file is, told by its name (without ".gz"); false: no seed. */
bool seed_syntax_of(const char *file, enum seed_syntax *ret_syntax);

/*
 * Opens a file, reads the header of CSV. `format` is what the config says, or NULL. Fails with DUN_BAD_INPUT
 * and the place. `file` must outlive the reader; free it with seed_reader_close.
 */
struct seed_reader *seed_reader_open(const char *file, enum seed_syntax syntax,
                                     const struct seed_format *format, dun_error *error);

/* The same for a text in memory; for tests. */
struct seed_reader *seed_reader_of_text(const char *text, size_t length, enum seed_syntax syntax,
                                        dun_error *error);

void seed_reader_close(struct seed_reader *reader); /* NULL is allowed */

/* 1: a row, 0: the end, -1: failure with file, line and column. */
int seed_reader_next(struct seed_reader *reader, dun_error *error);

/* For the formats. Each reads the beginning of the input and sets the functions. */
bool seed_csv_start(struct seed_reader *reader, dun_error *error);
bool seed_json_start(struct seed_reader *reader, bool lines, dun_error *error);
bool seed_yaml_start(struct seed_reader *reader, dun_error *error);

/*
 * For formats whose rows name their columns: the column of that name, added when it is new; its value is
 * SEED_ABSENT then.
 */
size_t seed_reader_column(struct seed_reader *reader, const char *name, size_t length, size_t expected);

/* Comments at the beginning of the input, of which `# dunlin:` ones set options. Moves behind them. */
bool seed_reader_comments(struct seed_reader *reader, dun_error *error);

#endif
