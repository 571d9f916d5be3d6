#include "case_file.h"

#include "base/error.h"
#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    struct case_file *file;
    struct test_case *current; /* NULL: before the first */
    struct case_part *part;    /* that the line belongs to; NULL: none */
    unsigned line;
    dun_error *error;
};

static bool complain(const struct reader *reader, const char *what, const char *about)
{
    error_set(reader->error, DUN_BAD_INPUT, "%s%s", what, about);
    error_at(reader->error, reader->file->path, reader->line, 0);
    return false;
}

bool case_has_word(const char *words, const char *word)
{
    static const char separators[] = " ,";
    size_t length = strlen(word);
    for (const char *at = words + strspn(words, separators); *at;) {
        size_t end = strcspn(at, separators);
        if (end == length && memcmp(at, word, length) == 0)
            return true;
        at += end;
        at += strspn(at, separators);
    }
    return false;
}

/* "10.11.3" as the drivers number servers: 101103. */
static int version_of(const char *text)
{
    int parts[3] = {0};
    sscanf(text, "%d.%d.%d", &parts[0], &parts[1], &parts[2]);
    return parts[0] * 10000 + parts[1] * 100 + parts[2];
}

static bool read_option(struct reader *reader, const char *word, char **rest)
{
    struct test_case *current = reader->current;
    if (strcmp(word, "online") == 0)
        current->online = true;
    else if (strcmp(word, "one-way") == 0)
        current->one_way = true;
    else if (strcmp(word, "no-rows") == 0)
        current->no_rows = true;
    else if (strcmp(word, "mariadb") == 0 || strcmp(word, "mysql") == 0)
        current->server = arena_strdup(reader->arena, word);
    else if (strcmp(word, "since") == 0 || strcmp(word, "before") == 0) {
        const char *version = strtok_r(NULL, " ,", rest);
        if (!version || !isdigit((unsigned char)*version))
            return complain(reader, "a version is missing after ", word);
        *(word[0] == 's' ? &current->since : &current->before) = version_of(version);
    } else {
        return complain(reader, "no such option: ", word);
    }
    return true;
}

static bool read_options(struct reader *reader, char *text)
{
    char *rest = NULL;
    for (char *word = strtok_r(text, " ,", &rest); word; word = strtok_r(NULL, " ,", &rest))
        if (!read_option(reader, word, &rest))
            return false;
    return true;
}

/* The part that a line begins by its name alone; NULL: it begins none. */
static struct case_part *part_of(struct test_case *current, const char *name)
{
    const struct {
        const char *name;
        struct case_part *part;
    } parts[] = {
        {"from", &current->from},
        {"to", &current->to},
        {"rows", &current->rows},
        {"plan", &current->forwards.plan},
        {"plan back", &current->backwards.plan},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i)
        if (strcmp(parts[i].name, name) == 0)
            return parts[i].part;
    return NULL;
}

static const char **words_of(struct test_case *current, const char *name)
{
    const struct {
        const char *name;
        const char **words;
    } lines[] = {
        {"hazards", &current->forwards.hazards}, {"hazards back", &current->backwards.hazards},
        {"blocked", &current->forwards.blocked}, {"blocked back", &current->backwards.blocked},
        {"refused", &current->forwards.refused}, {"refused back", &current->backwards.refused},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; ++i)
        if (strcmp(lines[i].name, name) == 0)
            return lines[i].words;
    return NULL;
}

/* A line "-- NAME" or "-- NAME: TEXT" that means something to us. False in `ret_ours`: it is SQL. */
static bool read_directive(struct reader *reader, const char *line, size_t length, bool *ret_ours)
{
    char *name = arena_strndup(reader->arena, line + 3, length - 3), *text = strstr(name, ": ");
    *ret_ours = true;
    if (text) {
        *text = 0;
        text += 2;
        const char **words = words_of(reader->current, name);
        reader->part =
            words || strcmp(name, "options") == 0 || strcmp(name, "differs") == 0 ? NULL : reader->part;
        if (words)
            *words = text;
        else if (strcmp(name, "options") == 0)
            return read_options(reader, text);
        else if (strcmp(name, "differs") == 0 && strcmp(text, "no") == 0)
            reader->current->same = true;
        else
            *ret_ours = false;
        return true;
    }
    struct case_part *part = part_of(reader->current, name);
    *ret_ours = part != NULL;
    if (part && part->text)
        return complain(reader, "the case has this twice: ", name);
    if (part) {
        *part = (struct case_part){.text = line + length, .line = reader->line + 1};
        if (*part->text == '\n')
            ++part->text;
        reader->part = part;
    }
    return true;
}

static bool begin_case(struct reader *reader, const char *line, size_t length)
{
    reader->current = vector_add(reader->arena, &reader->file->cases);
    reader->current->file = reader->file->path;
    reader->current->title = arena_strndup(reader->arena, line + 4, length - 4);
    reader->current->line = reader->line;
    reader->part = NULL;
    return *reader->current->title || complain(reader, "a case needs a title", "");
}

static bool is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; ++i)
        if (!isspace((unsigned char)line[i]))
            return false;
    return true;
}

static bool read_line(struct reader *reader, const char *line, size_t length)
{
    if (length >= 4 && memcmp(line, "=== ", 4) == 0)
        return begin_case(reader, line, length);
    if (is_blank(line, length))
        return true;
    if (!reader->current)
        return length >= 2 && memcmp(line, "--", 2) == 0
                   ? true
                   : complain(reader, "no \"=== TITLE\" before this line", "");
    bool ours = false;
    if (length > 3 && memcmp(line, "-- ", 3) == 0 && !read_directive(reader, line, length, &ours))
        return false;
    if (!ours && !reader->part)
        return complain(reader, "this line is in no part of the case", "");
    size_t end = (size_t)(line + length - reader->file->text);
    reader->current->end = end;
    if (!ours)
        reader->part->length = (size_t)(line + length - reader->part->text);
    return true;
}

static bool slurp(struct arena *arena, const char *path, const char **ret_text, size_t *ret_length,
                  dun_error *error)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return error_set(error, DUN_BAD_INPUT, "%s: %s", path, strerror(errno));
    struct str text = STR_INIT;
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
        str_append_n(&text, buffer, got);
    fclose(file);
    *ret_length = text.length;
    *ret_text = arena_strndup(arena, str_text(&text), text.length);
    str_free(&text);
    return true;
}

bool case_file_read(struct arena *arena, const char *path, struct case_file *ret_file, dun_error *error)
{
    struct case_file file = {.path = arena_strdup(arena, path)};
    struct reader reader = {.arena = arena, .file = &file, .error = error};
    if (!slurp(arena, path, &file.text, &file.length, error))
        return false;
    for (const char *line = file.text; *line;) {
        size_t length = strcspn(line, "\n");
        ++reader.line;
        if (!read_line(&reader, line, length))
            return false;
        line += length + (line[length] == '\n');
    }
    *ret_file = file;
    return true;
}
