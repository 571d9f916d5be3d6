#include "sql/client_commands.h"

#include "base/error.h"
#include "sql/words.h"

#include <string.h>

static const char include_hint[] = "Put the statements of that file here, or into a file of their own.";
static const char connect_hint[] =
    "One file runs on one connection: say in the URL which database, host and user it is.";
static const char variable_hint[] = "Client variables are not known here: write the value itself.";
static const char condition_hint[] =
    "Write the condition in SQL, in a DO block for instance, or make two files of it.";
static const char execute_hint[] =
    "End the statement with a semicolon. To run generated SQL, use EXECUTE in a DO block.";
static const char copy_hint[] =
    "Write COPY ... FROM stdin with the data below it, or load the file as a seed.";
static const char output_hint[] = "Output goes nowhere here: remove the line.";
static const char shell_hint[] = "No programs are run from SQL files: remove the line.";
static const char import_hint[] = "Write INSERT statements, or load the file as a seed.";
static const char terminator_hint[] = "End the statement with a semicolon.";
static const char delimiter_hint[] = "Write DELIMITER on a line of its own.";
static const char data_end_hint[] =
    "It ends the data of COPY ... FROM stdin, and no such statement is before it.";

struct client_command {
    const char *name, *hint;
};

static const struct client_command psql_commands[] = {
    {"\\connect", connect_hint}, {"\\c", connect_hint},
    {"\\i", include_hint},       {"\\ir", include_hint},
    {"\\include", include_hint}, {"\\include_relative", include_hint},
    {"\\set", variable_hint},    {"\\unset", variable_hint},
    {"\\gset", variable_hint},   {"\\prompt", variable_hint},
    {"\\getenv", variable_hint}, {"\\setenv", variable_hint},
    {"\\if", condition_hint},    {"\\elif", condition_hint},
    {"\\else", condition_hint},  {"\\endif", condition_hint},
    {"\\g", execute_hint},       {"\\gexec", execute_hint},
    {"\\gx", execute_hint},      {"\\gdesc", execute_hint},
    {"\\;", terminator_hint},    {"\\copy", copy_hint},
    {"\\echo", output_hint},     {"\\qecho", output_hint},
    {"\\warn", output_hint},     {"\\o", output_hint},
    {"\\out", output_hint},      {"\\pset", output_hint},
    {"\\timing", output_hint},   {"\\!", shell_hint},
    {"\\.", data_end_hint},      {NULL, NULL},
};

/* In capitals; no statement of a server begins with one of them. */
static const struct client_command mysql_words[] = {
    {"SOURCE", include_hint},
    {"CONNECT", connect_hint},
    {"SYSTEM", shell_hint},
    {"TEE", output_hint},
    {"NOTEE", output_hint},
    {"PAGER", output_hint},
    {"NOPAGER", output_hint},
    {"PRINT", output_hint},
    {"WARNINGS", output_hint},
    {"NOWARNING", output_hint},
    {"PROMPT", output_hint},
    {"STATUS", output_hint},
    {"GO", terminator_hint},
    {"EGO", terminator_hint},
    {"EDIT", NULL},
    {"CLEAR", NULL},
    {"REHASH", NULL},
    {"EXIT", NULL},
    {"QUIT", NULL},
    {"CHARSET", NULL},
    {"RESETCONNECTION", NULL},
    {"QUERY_ATTRIBUTES", NULL},
    {"COSTS", NULL},
    {NULL, NULL},
};

static const struct client_command mysql_commands[] = {
    {"\\.", include_hint}, {"\\r", connect_hint},   {"\\u", connect_hint}, {"\\!", shell_hint},
    {"\\T", output_hint},  {"\\t", output_hint},    {"\\P", output_hint},  {"\\n", output_hint},
    {"\\p", output_hint},  {"\\W", output_hint},    {"\\w", output_hint},  {"\\R", output_hint},
    {"\\s", output_hint},  {"\\d", delimiter_hint}, {NULL, NULL},
};

static const struct client_command sqlite_commands[] = {
    {".read", include_hint},
    {".open", connect_hint},
    {".connection", connect_hint},
    {".import", import_hint},
    {".load", NULL},
    {".mode", output_hint},
    {".headers", output_hint},
    {".header", output_hint},
    {".print", output_hint},
    {".output", output_hint},
    {".once", output_hint},
    {".echo", output_hint},
    {".width", output_hint},
    {".timer", output_hint},
    {".shell", shell_hint},
    {".system", shell_hint},
    {".parameter", variable_hint},
    {NULL, NULL},
};

static const struct {
    const struct client_command *commands;
    const char *client;
} clients[] = {
    [SQL_POSTGRESQL] = {psql_commands, "psql"},
    [SQL_MYSQL] = {mysql_commands, "the mysql client"},
    [SQL_SQLITE] = {sqlite_commands, "the sqlite3 shell"},
};

static const struct client_command *find(const struct client_command *commands, const char *name,
                                         size_t length)
{
    for (const struct client_command *command = commands; command->name; ++command)
        if (*command->name == *name && strlen(command->name) == length &&
            memcmp(command->name, name, length) == 0)
            return command;
    return NULL;
}

static const struct client_command *find_mysql_word(const char *name, size_t length)
{
    char first = word_capital(*name);
    for (const struct client_command *command = mysql_words; command->name; ++command)
        if (*command->name == first && word_equals(name, length, command->name))
            return command;
    return NULL;
}

bool client_command_is_mysql_word(const char *word, size_t length)
{
    return find_mysql_word(word, length) != NULL;
}

/* psql's and the shell's names go to the next blank, the mysql client's have one character behind the
 * backslash. */
static size_t name_length(enum sql_dialect dialect, const char *command, size_t length)
{
    enum { LONGEST = 24 };
    size_t limit = dialect == SQL_MYSQL && *command == '\\' ? 2 : LONGEST;
    size_t i = 1;
    while (i < length && i < limit && command[i] > ' ' && command[i] < 0x7F && (i == 1 || command[i] != ';'))
        ++i;
    return i;
}

void client_command_error(dun_error *error, enum sql_dialect dialect, const char *command, size_t length)
{
    size_t name = name_length(dialect, command, length);
    error_set(error, DUN_BAD_INPUT, "%.*s is a command of %s, not SQL", (int)name, command,
              clients[dialect].client);
    bool word = dialect == SQL_MYSQL && *command != '\\';
    const struct client_command *known =
        word ? find_mysql_word(command, name) : find(clients[dialect].commands, command, name);
    if (known && known->hint)
        error_hint(error, "%s", known->hint);
    else
        error_hint(error, "Remove the line; only SQL is sent to the server.");
}
