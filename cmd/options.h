/* What the command line says. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "command_table.h"

#include <dunlin/error.h>
#include <dunlin/report.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_ALLOWED = 16, ALLOWED_SIZE = 400 };

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
    const struct command_row *command; /* NULL: none was named */
    const char *operands[MOST_OPERANDS];
    size_t operand_count;
    size_t count; /* the operand of an OPERAND_COUNT command; 0: none */
    option_set given;
    const char *directory, *config, *environment, *url, *to, *from, *engine;
    int format;                             /* enum dun_format */
    int color;                              /* enum color_choice */
    const char *allow_values[MOST_ALLOWED]; /* of --allow, as given */
    size_t allow_count;
    unsigned allow;                   /* enum dun_allow: what OPTION_ALLOW means */
    char allow_losses[ALLOWED_SIZE];  /* words of hazards, with commas: what OPTION_ALLOW_LOSSES means */
    int64_t lock_timeout_ms, wait_ms; /* -1: not given */
    int64_t timeout_ms;               /* 0: not given, as for the next two */
    unsigned concurrency, canary, limit;
    const char *revision;
    bool find, fix, adopt, data;
    bool fail_fast, online, write, no_cache;
    const char *mask, *where;
    const char *demo, *seed, *locale, *output;
    bool capture, follow;
    bool quiet, verbose, echo, help, version, yes;
    bool empty, all, dry_run, exit_code, done, again;
};

/*
 * Reads the command line. `values` are the arguments, `shown` the same without secrets, for messages. Options
 * may stand before and after the command, `--` ends them. Fails with DUN_USAGE; what could be read is in
 * `ret` even then, so that a wrong command line is reported in the format it asks for. The texts of `ret`
 * belong to `values`.
 */
bool options_parse(struct options *ret, int count, char *const *values, char *const *shown, dun_error *error);

#endif
