/* Files of SQL, read whole. Used by whatever reads migrations and definitions from a folder. */
#ifndef SOURCE_FILE_H
#define SOURCE_FILE_H

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct source_text {
    char *data; /* on the heap, with a NUL after `length` bytes */
    size_t length;
};

/* Reads to the end, pipes too. Fails with DUN_BAD_INPUT and the file's name. Free with source_text_free. */
bool source_read_file(const char *file, struct source_text *ret_text, dun_error *error);
void source_text_free(struct source_text *text);

#endif
