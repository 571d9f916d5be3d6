/* One run of the program: what every command gets, and how it answers. */
#ifndef CMD_PROGRAM_H
#define CMD_PROGRAM_H

#include "options.h"

#include <dunlin/cancel.h>
#include <dunlin/error.h>
#include <dunlin/migrate.h>

#include <stdbool.h>
#include <stdint.h>

struct program {
    const struct options *options;
    dun_error *error;
    dun_cancel *cancel;
    int64_t started_ms; /* of the monotonic clock */
};

int64_t program_clock_ms(void);

/* The options for a report that goes to the descriptor: JSON only to standard output. */
dun_report_options program_report_options(const struct program *program, int descriptor);

/*
 * Writes the answer to standard output, which ends with it. A failure is told on standard error, except that
 * of a pipe whose reader has gone. Gives `code`, or DUN_FAILED when `code` is DUN_OK and the answer could not
 * be written.
 */
int program_answer(struct program *program, const char *text, int code);

/* A line on standard error, without control characters; nothing with --quiet. */
void program_say(const struct program *program, const char *text);

/* Each on a line of standard error; nothing with --quiet. */
void program_tell_warnings(const struct program *program, const dun_warning *warnings, size_t count);

/* With --verbose, on standard error: what was sent to databases, and how long it took. */
void program_tell_cost(const struct program *program, uint64_t statements, uint64_t round_trips);

/* Tells the error on standard error and gives its exit code. */
int program_tell_error(const struct program *program);

/* The same when there is no answer to go with it: in JSON, the error is the answer. */
int program_fail(struct program *program);

#endif
