/*
 * Commands and options, declared once. The parser (options.c), --help (help.c), the manual pages (manpage.c)
 * and the shell completions (completion.c) are all made from these tables.
 */
#ifndef CMD_COMMAND_TABLE_H
#define CMD_COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of the help. */
enum command_id {
    COMMAND_INIT,
    COMMAND_MIGRATE_NEW,
    COMMAND_MIGRATE_UP,
    COMMAND_MIGRATE_DOWN,
    COMMAND_MIGRATE_STATUS,
    COMMAND_MIGRATE_BASELINE,
    COMMAND_MIGRATE_RESUME,
    COMMAND_MIGRATE_VERIFY,
    COMMAND_DIFF,
    COMMAND_APPLY,
    COMMAND_INSPECT,
    COMMAND_DRIFT,
    COMMAND_LOG,
    COMMAND_SEED,
    COMMAND_QUERY,
    COMMAND_COUNT
};

/* In the order of the help. From OPTION_DIRECTORY on they belong to every command. */
enum option_id {
    OPTION_FROM,
    OPTION_EMPTY,
    OPTION_TO,
    OPTION_ALL,
    OPTION_DRY_RUN,
    OPTION_EXIT_CODE,
    OPTION_DONE,
    OPTION_AGAIN,
    OPTION_ONLINE,
    OPTION_CAPTURE,
    OPTION_MASK,
    OPTION_WHERE,
    OPTION_FOLLOW,
    OPTION_DEMO,
    OPTION_SEED,
    OPTION_LOCALE,
    OPTION_OUTPUT,
    OPTION_ALLOW,
    OPTION_ALLOW_LOSSES, /* spelled --allow, too: of the commands that have no OPTION_ALLOW */
    OPTION_LOCK_TIMEOUT,
    OPTION_WAIT,
    OPTION_FIND,
    OPTION_FIX,
    OPTION_ADOPT,
    OPTION_DATA,
    OPTION_REVISION,
    OPTION_LIMIT,
    OPTION_WRITE,
    OPTION_CONCURRENCY,
    OPTION_CANARY,
    OPTION_FAIL_FAST,
    OPTION_TIMEOUT,
    OPTION_YES,
    OPTION_ENGINE,
    OPTION_NO_CACHE,
    OPTION_DIRECTORY,
    OPTION_CONFIG,
    OPTION_ENV,
    OPTION_URL,
    OPTION_FORMAT,
    OPTION_COLOR,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_ECHO,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
};

typedef uint64_t option_set;
#define OPTION_BIT(id) ((option_set)1 << (id))
#define FORMAT_BIT(format) OPTION_BIT(format)
#define OPTIONS_OF_EVERY_COMMAND (OPTION_BIT(OPTION_COUNT) - OPTION_BIT(OPTION_DIRECTORY))

/* Options that --help only names, so that it fits a screen; the manual pages have their sentences. */
#define OPTIONS_IN_BRIEF                                                                         \
    (OPTION_BIT(OPTION_CONCURRENCY) | OPTION_BIT(OPTION_CANARY) | OPTION_BIT(OPTION_FAIL_FAST) | \
     OPTION_BIT(OPTION_TIMEOUT) | OPTION_BIT(OPTION_WAIT) | OPTION_BIT(OPTION_ENGINE) |          \
     OPTION_BIT(OPTION_NO_CACHE) | OPTION_BIT(OPTION_COLOR) | OPTION_BIT(OPTION_QUIET) |         \
     OPTION_BIT(OPTION_VERBOSE) | OPTION_BIT(OPTION_ECHO) | OPTION_BIT(OPTION_HELP) |            \
     OPTION_BIT(OPTION_VERSION))

enum option_kind {
    KIND_FLAG,     /* a bool */
    KIND_TEXT,     /* a const char *, never empty */
    KIND_DURATION, /* an int64_t of milliseconds */
    KIND_NUMBER,   /* an unsigned, from 1 to MOST_NUMBER */
    KIND_CHOICE,   /* an int: the index in `choices` */
    KIND_ALLOW     /* names between commas; what they mean depends on the command */
};

struct option_row {
    enum option_kind kind;
    char letter;                /* 0: none */
    const char *name;           /* NULL: only the letter */
    const char *value;          /* what the help calls its value; NULL for flags */
    const char *const *choices; /* NULL-terminated; of KIND_CHOICE, and for completion of KIND_ALLOW */
    size_t offset;              /* in struct options */
    const char *help;           /* one line */
    const char *manual;         /* more sentences for the manual page, or NULL */
};

enum operand_kind { OPERAND_NONE, OPERAND_COUNT, OPERAND_TEXT };

enum { MOST_ALTERNATIVES = 4, MOST_EXAMPLES = 3, MOST_OPERANDS = 100, MOST_NUMBER = 4096 };

struct example {
    const char *line; /* NULL ends the list */
    const char *note;
};

struct command_row {
    const char *group, *name; /* "migrate", "up"; NULL, "diff" */
    bool has_short_form;      /* the name alone will do, too, though there is a group */
    enum operand_kind operand_kind;
    const char *operand; /* what the help calls it, or all of them: "FROM TO" */
    size_t operand_least, operand_most;
    option_set formats; /* of --format, FORMAT_BIT of enum dun_format; 0: text and json */
    int format;         /* what it is when it is not given */
    option_set options; /* besides those of every command */
    enum option_id alternatives[MOST_ALTERNATIVES]; /* at most one of these, or the count of OPERAND_COUNT */
    size_t alternative_count;
    bool alternative_required; /* exactly one */
    const char *summary;       /* "apply pending migrations" */
    const char *help;          /* a few lines of at most 78 characters */
    const char *manual;        /* paragraphs for the manual page, separated by empty lines, or NULL */
    struct example examples[MOST_EXAMPLES + 1];
};

/* A row of the manual's EXIT STATUS, ENVIRONMENT and FILES. */
struct note_row {
    const char *name, *text;
};

extern const struct command_row command_table[COMMAND_COUNT];
extern const struct option_row option_table[OPTION_COUNT]; /* option_table.c */
extern const struct note_row exit_table[], variable_table[],
    file_table[]; /* note_table.c; a NULL name ends them */

enum { COMMAND_NAME_SIZE = 48 };

/* "migrate up", "diff" */
const char *command_name(const struct command_row *command, char text[static COMMAND_NAME_SIZE]);

/* The formats that the command has, never 0. */
option_set command_formats(const struct command_row *command);

/* "text|json", for the help; the names of formats in the set with `between` them and `last` before the last.
 */
void command_write_formats(option_set formats, const char *between, const char *last, size_t size,
                           char *text);

/* All options that go with the command; NULL: with none. */
option_set command_options(const struct command_row *command);

#endif
