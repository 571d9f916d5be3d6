#include "case_write.h"

#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct case_writing {
    const struct case_file *file;
    struct str text;
    const char *at; /* up to here the file has been copied */
};

struct case_writing *case_write_begin(struct arena *arena, const struct case_file *file)
{
    struct case_writing *writing = ARENA_NEW(arena, struct case_writing);
    writing->file = file;
    writing->at = file->text;
    return writing;
}

static void copy_to(struct case_writing *writing, const char *end)
{
    str_append_n(&writing->text, writing->at, (size_t)(end - writing->at));
    writing->at = end;
}

/* An empty part has no line of its own yet: what comes into it begins behind its heading. */
static const char *end_of_heading(const struct case_part *part)
{
    return part->text[-1] == '\n' ? part->text - 1 : part->text;
}

/* The plan instead of the part that is there. */
static void replace(struct case_writing *writing, const struct case_part *part, const struct str *plan)
{
    copy_to(writing, part->length ? part->text : end_of_heading(part));
    if (plan->length)
        str_printf(&writing->text, "%s%.*s", part->length ? "" : "\n", (int)plan->length - 1, str_text(plan));
    writing->at += part->length;
}

static void add(struct case_writing *writing, const char *name, const struct str *plan)
{
    if (plan->length)
        str_printf(&writing->text, "\n-- %s\n%.*s", name, (int)plan->length - 1, str_text(plan));
}

void case_write_plan(struct case_writing *writing, const struct test_case *test,
                     const struct case_result *result)
{
    const struct case_part *plan = &test->forwards.plan, *back = &test->backwards.plan;
    bool back_first = plan->text && back->text && back->text < plan->text;
    const struct case_part *parts[] = {back_first ? back : plan, back_first ? plan : back};
    for (size_t i = 0; i < 2; ++i)
        if (parts[i]->text)
            replace(writing, parts[i], parts[i] == plan ? &result->plan : &result->plan_back);
    copy_to(writing, writing->file->text + test->end);
    if (!plan->text)
        add(writing, "plan", &result->plan);
}

bool case_write_end(struct case_writing *writing, dun_error *error)
{
    copy_to(writing, writing->file->text + writing->file->length);
    bool same = strcmp(str_text(&writing->text), writing->file->text) == 0;
    FILE *file = same ? NULL : fopen(writing->file->path, "w");
    bool good = same || (file && fputs(str_text(&writing->text), file) >= 0);
    good = (!file || fclose(file) == 0) && good;
    str_free(&writing->text);
    return good || error_set(error, DUN_FAILED, "%s: %s", writing->file->path, strerror(errno));
}
