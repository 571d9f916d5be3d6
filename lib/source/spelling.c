#include "source/spelling.h"

#include "base/error.h"
#include "base/nearest.h"

#include <string.h>
#include <strings.h>

const char source_spellings[] = "  URL, env:NAME                      a live database\n"
                                "  FOLDER, FILE.sql                   definitions\n"
                                "  migrations[:FOLDER][@VERSION]      what the migrations produce\n"
                                "  git:REVISION[:PATH]                definitions at a revision\n"
                                "  FILE.json                          a snapshot\n"
                                "  empty                              nothing";

static const char *const url_schemes[] = {"sqlite", "sqlite3", "postgres", "postgresql",
                                          "mysql",  "mariadb", NULL};

struct reader {
    struct arena *arena;
    struct source_spelling spelling;
    dun_error *error;
};

static bool refuse(struct reader *reader, const char *message)
{
    error_set(reader->error, DUN_BAD_INPUT, "%s", message);
    error_hint(reader->error, "a source of a schema is written as\n%s", source_spellings);
    return false;
}

/* What follows the prefix, or NULL. */
static const char *skip(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), ending_length = strlen(ending);
    return length > ending_length && strcmp(text + length - ending_length, ending) == 0;
}

static bool read_url(struct reader *reader, const char *text)
{
    struct db_url *url;
    if (!db_url_parse(reader->arena, text, &url, reader->error))
        return false;
    reader->spelling.kind = SOURCE_URL;
    reader->spelling.url = url;
    return true;
}

static bool read_environment(struct reader *reader, const char *name)
{
    if (!*name)
        return refuse(reader, "`env:` wants the name of an environment behind it");
    reader->spelling.kind = SOURCE_ENVIRONMENT;
    reader->spelling.environment = arena_strdup(reader->arena, name);
    return true;
}

static bool refuse_version(struct reader *reader)
{
    refuse(reader, "what stands behind the @ of `migrations` is no version: a version is made of digits");
    error_hint(reader->error, "a folder with an @ in its name gets a slash at its end");
    return false;
}

/* `rest` begins with the colon or the @, or is empty. */
static bool read_migrations(struct reader *reader, const char *rest)
{
    const char *at = strrchr(rest, '@');
    if (at && strchr(at, '/'))
        at = NULL;
    const char *end = at ? at : rest + strlen(rest);
    if (*rest == ':' && rest + 1 == end)
        return refuse(reader, "`migrations:` wants a folder behind it");
    if (at && (!at[1] || at[1 + strspn(at + 1, "0123456789-")]))
        return refuse_version(reader);
    reader->spelling.kind = SOURCE_MIGRATIONS;
    if (*rest == ':')
        reader->spelling.path = arena_strndup(reader->arena, rest + 1, (size_t)(end - rest - 1));
    if (at)
        reader->spelling.version = arena_strdup(reader->arena, at + 1);
    return true;
}

static const char *revision_end(const char *revision)
{
    size_t braces = 0;
    const char *at = revision;
    for (; *at && (*at != ':' || braces > 0); ++at) {
        if (*at == '{')
            ++braces;
        else if (*at == '}' && braces > 0)
            --braces;
    }
    return at;
}

static bool read_git(struct reader *reader, const char *revision)
{
    const char *end = revision_end(revision);
    if (end == revision)
        return refuse(reader, "`git:` wants a revision behind it: a commit, a branch, a tag, HEAD~1");
    reader->spelling.kind = SOURCE_GIT;
    reader->spelling.revision = arena_strndup(reader->arena, revision, (size_t)(end - revision));
    if (*end)
        reader->spelling.path = arena_strdup(reader->arena, end + 1);
    return true;
}

static bool is_url_scheme(const char *text, size_t length)
{
    for (size_t i = 0; url_schemes[i]; ++i)
        if (strlen(url_schemes[i]) == length && strncasecmp(text, url_schemes[i], length) == 0)
            return true;
    return false;
}

/* Only what is before the colon is quoted: the rest may be a URL with a password. */
static bool refuse_beginning(struct reader *reader, const char *text, size_t length)
{
    static const char *const beginnings[] = {"env",      "git",        "migrations", "sqlite",  "sqlite3",
                                             "postgres", "postgresql", "mysql",      "mariadb", NULL};
    const char *word = arena_strndup(reader->arena, text, length);
    const char *nearest = nearest_word(word, beginnings);
    error_set(reader->error, DUN_BAD_INPUT, "no source of a schema begins with \"%s:\"", word);
    if (nearest)
        error_hint(reader->error, "did you mean `%s:`?", nearest);
    error_hint(reader->error,
               "a file or folder with a colon in its name is written with ./ before it; sources are\n%s",
               source_spellings);
    return false;
}

static bool read_path(struct reader *reader, const char *text)
{
    reader->spelling.kind = ends_with(text, ".json")  ? SOURCE_SNAPSHOT
                            : ends_with(text, ".sql") ? SOURCE_FILE
                                                      : SOURCE_FOLDER;
    reader->spelling.path = arena_strdup(reader->arena, text);
    return true;
}

static bool read_spelling(struct reader *reader, const char *text)
{
    const char *rest;
    if (!*text)
        return refuse(reader, "the source of a schema is an empty text");
    if (strcmp(text, "empty") == 0) {
        reader->spelling.kind = SOURCE_EMPTY;
        return true;
    }
    if ((rest = skip(text, "migrations")) != NULL && (!*rest || *rest == ':' || *rest == '@'))
        return read_migrations(reader, rest);
    if ((rest = skip(text, "env:")) != NULL)
        return read_environment(reader, rest);
    if ((rest = skip(text, "git:")) != NULL)
        return read_git(reader, rest);
    size_t length = strcspn(text, ":/");
    if (strstr(text, "://") || (text[length] == ':' && is_url_scheme(text, strcspn(text, "+:/"))))
        return read_url(reader, text);
    return text[length] == ':' ? refuse_beginning(reader, text, length) : read_path(reader, text);
}

bool source_parse(struct arena *arena, const char *text, struct source_spelling *ret_spelling,
                  dun_error *error)
{
    struct reader reader = {.arena = arena, .error = error};
    if (!read_spelling(&reader, text))
        return false;
    *ret_spelling = reader.spelling;
    return true;
}
