/*
 * Commands and options, declared once. The parser (options.c), --help (help.c), the manual pages (manpage.c)
 * and the shell completions (completion.c) are all made from these tables.
 */
#ifndef CMD_COMMAND_TABLE_H
#define CMD_COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum command_id {
    COMMAND_MIGRATE_NEW,
    COMMAND_MIGRATE_UP,
    COMMAND_MIGRATE_DOWN,
    COMMAND_MIGRATE_STATUS,
    COMMAND_MIGRATE_BASELINE,
    COMMAND_MIGRATE_RESUME,
    COMMAND_COUNT
};

/* In the order of the help. From OPTION_DIRECTORY on they belong to every command. */
enum option_id {
    OPTION_EMPTY,
    OPTION_TO,
    OPTION_ALL,
    OPTION_DRY_RUN,
    OPTION_EXIT_CODE,
    OPTION_DONE,
    OPTION_AGAIN,
    OPTION_ALLOW,
    OPTION_LOCK_TIMEOUT,
    OPTION_WAIT,
    OPTION_YES,
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

typedef uint32_t option_set;
#define OPTION_BIT(id) ((option_set)1 << (id))
#define OPTIONS_OF_EVERY_COMMAND (OPTION_BIT(OPTION_COUNT) - OPTION_BIT(OPTION_DIRECTORY))

enum option_kind {
    KIND_FLAG,     /* a bool */
    KIND_TEXT,     /* a const char *, never empty */
    KIND_DURATION, /* an int64_t of milliseconds */
    KIND_CHOICE,   /* an int: the index in `choices` */
    KIND_ALLOW     /* an unsigned of enum dun_allow: names between commas */
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

enum { MOST_ALTERNATIVES = 2, MOST_EXAMPLES = 3 };

struct example {
    const char *line; /* NULL ends the list */
    const char *note;
};

struct command_row {
    const char *group, *name; /* "migrate", "up" */
    bool has_short_form;      /* the name alone will do */
    enum operand_kind operand_kind;
    const char *operand; /* what the help calls it */
    bool operand_required;
    option_set options; /* besides those of every command */
    enum option_id
        alternatives[MOST_ALTERNATIVES]; /* at most one of these, or an operand that is not required */
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
extern const struct option_row option_table[OPTION_COUNT];
extern const struct note_row exit_table[], variable_table[], file_table[]; /* a NULL name ends them */

/* All options that go with the command; NULL: with none. */
option_set command_options(const struct command_row *command);

#endif
