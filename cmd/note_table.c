/* What the manual says of exit codes, variables and files. */
#include "command_table.h"

const struct note_row exit_table[] = {
    {"0", "Done; nothing differs."},
    {"1", "Failed: the server refused a statement, a file could not be written, ..."},
    {"2", "Something differs (drift, migrate verify), or with --exit-code is pending or not in order; apply "
          "has a plan, and neither a terminal to ask on nor --yes."},
    {"64", "Wrong usage."},
    {"65", "Bad input: the configuration, a definition, a migration or a URL."},
    {"69", "No connection, or it was lost."},
    {"75", "Another run holds the lock; try again later."},
    {"130", "Interrupted by Ctrl-C, SIGTERM or SIGHUP: the statement was cancelled, the transaction rolled "
            "back and the "
            "lock released."},
    {NULL, NULL},
};

const struct note_row variable_table[] = {
    {"DATABASE_URL", "The database, when neither an option nor the configuration names one."},
    {"NO_COLOR", "No colours when it is set to anything but the empty text."},
    {"TERM", "No colours and no progress bar when it is \"dumb\"."},
    {"GITHUB_STEP_SUMMARY", "The file that drift --format github adds its summary to."},
    {"LOGNAME, USER", "Who is recorded in the history, together with the name of the host."},
    {NULL, NULL},
};

const struct note_row file_table[] = {
    {"dunlin.yaml", "The configuration. Optional."},
    {".env", "Variables for the configuration, beside it. The environment goes before it."},
    {"migrations/VERSION_NAME.up.sql, migrations/VERSION_NAME.down.sql", "The migrations."},
    {"seeds/TABLE.csv, seeds/ENVIRONMENT/TABLE.csv", "The seeds; also .tsv, .json, .jsonl, .yaml, .sql."},
    {NULL, NULL},
};
