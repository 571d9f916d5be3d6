#include "other_words.h"

#include <stddef.h>
#include <string.h>

struct translation {
    const char *word, *text;
};

static const struct translation commands[] = {
    {"check", "dunlin drift"},
    {"create", "dunlin new"},
    {"deploy", "dunlin up"},
    {"dump", "dunlin inspect"},
    {"export", "dunlin inspect"},
    {"generate", "dunlin new"},
    {"history", "dunlin status"},
    {"info", "dunlin status"},
    {"lint", "dunlin migrate verify"},
    {"plan", "dunlin apply --dry-run"},
    {"pull", "dunlin inspect"},
    {"push", "dunlin apply"},
    {"repair", "dunlin migrate resume"},
    {"revert", "dunlin down"},
    {"rollback", "dunlin down"},
    {"test", "dunlin migrate verify"},
    {"undo", "dunlin down"},
    {"validate", "dunlin migrate verify"},
    {"version", "dunlin --version"},
    {NULL, NULL},
};

static const char of_a_number[] = "write the number alone: dunlin up 3, dunlin down 2";
static const char of_folders[] =
    "-C DIR works in another folder; migrations: and schema: in dunlin.yaml name "
    "those of the project";

static const struct translation options[] = {
    {"amount", of_a_number},
    {"auto-approve", "did you mean --yes?"},
    {"count", of_a_number},
    {"database", "did you mean --url?"},
    {"dir", of_folders},
    {"dsn", "did you mean --url?"},
    {"force", "--allow names what to go on despite"},
    {"json", "did you mean --format json?"},
    {"migrations", of_folders},
    {"path", of_folders},
    {"schema", of_folders},
    {"steps", of_a_number},
    {"target", "did you mean --to?"},
    {NULL, NULL},
};

static const char *translate(const struct translation *table, const char *word)
{
    while (table->word && strcmp(table->word, word) != 0)
        ++table;
    return table->text;
}

const char *other_command(const char *word)
{
    return translate(commands, word);
}

const char *other_option(const char *word)
{
    return translate(options, word);
}
