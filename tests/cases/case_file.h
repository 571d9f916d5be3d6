/* Cases as they stand in files; README.md has the format. For the runner. */
#ifndef CASES_CASE_FILE_H
#define CASES_CASE_FILE_H

#include "base/arena.h"
#include "base/vector.h"

#include <dunlin/error.h>

#include <stdbool.h>
#include <stddef.h>

struct case_part {
    const char *text; /* NULL: the case has no such part */
    size_t length;
    unsigned line; /* of its first line, from 1 */
};

/* What is expected of one direction. */
struct case_expectation {
    struct case_part plan;
    const char *hazards; /* words; NULL: any will do */
    const char *blocked;
    const char *refused;
};

struct test_case {
    const char *file, *title;
    unsigned line;
    struct case_part from, to, rows;
    struct case_expectation forwards, backwards;
    bool same;   /* no difference is expected */
    bool random; /* generated: whether there is a difference is not known */
    bool online, one_way, no_rows;
    const char *server; /* "mariadb" or "mysql": only there; NULL: anywhere */
    int since, before;  /* as dun_connection.server_version; 0: any */
    size_t end;         /* of the case, an offset into its file, behind its last line that is not empty */
};

struct case_file {
    const char *path, *text;
    size_t length;
    VECTOR(struct test_case) cases;
};

/* Fails with DUN_BAD_INPUT and the line. All is in the arena. */
bool case_file_read(struct arena *arena, const char *path, struct case_file *ret_file, dun_error *error);

/* Is the word one of those in the text, which has blanks or commas between them? */
bool case_has_word(const char *words, const char *word);

#endif
