/*
 * The bytes of a seed file, plain or compressed with gzip, in a buffer that a reader looks at record by
 * record. Memory is bounded by the longest record, whatever the size of the file. Used by the readers.
 */
#ifndef SEED_INPUT_H
#define SEED_INPUT_H

#include "seed/file_hash.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A record (a line of CSV, an object of JSON) may be so long. */
enum { SEED_MOST_RECORD = 16 * 1024 * 1024 };

struct seed_input {
    const char *file;
    char *data;        /* what was read: from `start` to `end`; a NUL follows */
    size_t start, end; /* the reader moves `start` */
    size_t capacity;
    unsigned line;         /* of the byte at `start`, from 1 */
    unsigned column;       /* how many characters stand before it in its line */
    bool ended;            /* nothing follows `end` */
    uint64_t taken;        /* bytes of the file that were read, for progress */
    int descriptor;        /* -1: a text in memory, or gzip */
    void *gzip;            /* gzFile; NULL: not compressed */
    struct file_hash hash; /* of all bytes so far, uncompressed */
};

/* Fails with DUN_BAD_INPUT. `file` must outlive the input. */
bool seed_input_open(struct seed_input *input, const char *file, dun_error *error);

/* The same for a text in memory, which is copied; for tests. */
void seed_input_of_text(struct seed_input *input, const char *file, const char *text, size_t length);

void seed_input_close(struct seed_input *input);

/*
 * Reads more behind `end`; what is before `start` may go, and pointers into the data with it. False: failure.
 */
bool seed_input_more(struct seed_input *input, dun_error *error);

/* Skips a byte order mark. */
bool seed_input_skip_mark(struct seed_input *input, dun_error *error);

/* Has at least one byte at `start`, unless the input has ended. */
bool seed_input_fill(struct seed_input *input, dun_error *error);

/* Moves `start` to `offset`, which is not before it, and with it line and column. */
void seed_input_pass(struct seed_input *input, size_t offset);

/*
 * DUN_BAD_INPUT at the byte at `offset` (from data), which is not before `start`, with the line as excerpt.
 */
bool seed_input_fail(const struct seed_input *input, size_t offset, dun_error *error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Fails as above when the bytes from `start` to `end` are not UTF-8 without NUL. */
bool seed_input_check_text(const struct seed_input *input, size_t start, size_t end, dun_error *error);

/* The checksum of all bytes of a file; the file is read to its end. */
bool seed_input_checksum(const char *file, char ret_hex[FILE_HASH_LENGTH + 1], dun_error *error);

/* Reads what is left, so that the checksum is of the whole file, and gives it. */
bool seed_input_finish(struct seed_input *input, char ret_hex[FILE_HASH_LENGTH + 1], dun_error *error);

/* Does the name end in ".gz"? */
bool seed_input_is_compressed(const char *file);

#endif
