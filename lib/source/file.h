/* Files of SQL, read and written whole. Used by whatever has to do with migrations and definitions in a
 * folder. */
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

/*
 * Writes a file that is not there yet. Fails with DUN_FAILED and the file's name, also when it is there;
 * nothing of it stays then, for an empty file would be a migration.
 */
bool source_write_file(const char *file, const char *text, dun_error *error);

/* Makes the folder and those above it, where they are not there. Fails with DUN_FAILED and the folder's name.
 */
bool source_make_folder(const char *folder, dun_error *error);

#endif
