/* What several targets have to say alike, said once. */
#include "base/str.h"
#include "flock/flock.h"
#include "report/report.h"
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 5 };

/* The targets of one text; `first` is the one that it is of. */
struct group {
    VECTOR(const struct flock_target *) targets;
    const void *first;
    bool names_differ, rows_differ;
};

typedef VECTOR(struct group) groups;

static void add_to(struct arena *arena, groups *all, struct alike *alike, const char *text,
                   const struct flock_target *target, const void *first)
{
    const struct alike_group *found = alike_group(alike, text, target->names);
    if (found->number == all->count)
        vector_add(arena, all)->first = first;
    struct group *group = &all->items[found->number];
    *vector_add(arena, &group->targets) = target;
    group->names_differ = found->names_differ;
    group->rows_differ = found->rows_differ;
}

static void append_name(struct str *out, const char *before, const dun_flock_target *target)
{
    str_append(out, before);
    report_append(out, target->name);
    str_append_char(out, '\n');
}

/* Warnings */

/* A text that two warnings have in common only when they say the same of the same place. */
static const char *key_of(struct arena *arena, const dun_warning *warning)
{
    return arena_printf(arena, "%s\n%s", warning->file ? warning->file : "", warning->message);
}

static groups group_warnings(struct arena *arena, const dun_flock *flock)
{
    groups all = {0};
    struct alike *alike = alike_new(arena);
    for (size_t i = 0; i < flock->count; ++i)
        VECTOR_EACH (const dun_warning, warning, &flock->targets[i].warnings)
            add_to(arena, &all, alike, key_of(arena, warning), &flock->targets[i], warning);
    return all;
}

/* Those that failed may not have come so far as to warn. */
static size_t could_warn(const dun_flock *flock)
{
    size_t count = 0;
    for (size_t i = 0; i < flock->count; ++i)
        count += flock->targets[i].warnings.count || flock->targets[i].said.outcome == DUN_FLOCK_DONE ||
                 flock->targets[i].said.outcome == DUN_FLOCK_DIFFERS;
    return count;
}

static void append_concerned(struct str *out, const dun_flock *flock, const struct group *group)
{
    size_t count = group->targets.count;
    str_printf(out, "  on %zu of %zu targets: ", count, flock->count);
    for (size_t i = 0; i < count && i < MOST_NAMED; ++i) {
        str_append(out, i ? ", " : "");
        report_append(out, group->targets.items[i]->said.name);
    }
    if (count > MOST_NAMED)
        str_printf(out, ", and %zu more", count - MOST_NAMED);
    str_append_char(out, '\n');
}

char *dun_flock_warnings(const dun_flock *flock, const dun_report_options *options)
{
    struct str out = STR_INIT;
    struct arena *arena = arena_new();
    groups all = group_warnings(arena, flock);
    VECTOR_EACH (const struct group, group, &all) {
        char *text = dun_report_warning(group->first, options);
        str_append(&out, text);
        free(text);
        if (group->targets.count < could_warn(flock))
            append_concerned(&out, flock, group);
    }
    arena_free(arena);
    return str_take(&out);
}

/* Failures */

static size_t append_followers(struct str *out, const dun_flock *flock, const dun_flock_target *first)
{
    size_t count = 0;
    for (size_t i = 0; i < flock->count; ++i) {
        const dun_flock_target *target = &flock->targets[i].said;
        if (target->failed_as != first)
            continue;
        append_name(out, "  ", target);
        ++count;
    }
    return count;
}

char *dun_flock_same_failures(const dun_flock *flock)
{
    struct str out = STR_INIT;
    VECTOR_EACH (const dun_flock_target *const, first, &flock->failed) {
        struct str names = STR_INIT;
        size_t count = append_followers(&names, flock, *first);
        if (count) {
            str_printf(&out, "%zu more target%s %s as ", count, count == 1 ? "" : "s",
                       (*first)->outcome == DUN_FLOCK_FAILED ? "failed" : "ended");
            report_append(&out, (*first)->name);
            str_printf(&out, ":\n%s", str_text(&names));
        }
        str_free(&names);
    }
    return str_take(&out);
}

char *dun_flock_skipped(const dun_flock *flock)
{
    struct str out = STR_INIT, names = STR_INIT;
    size_t count = 0;
    const char *reason = "not begun";
    for (size_t i = 0; i < flock->count; ++i) {
        const dun_flock_target *target = &flock->targets[i].said;
        if (target->outcome != DUN_FLOCK_SKIPPED)
            continue;
        reason = target->note ? target->note : reason;
        append_name(&names, "  ", target);
        ++count;
    }
    if (count)
        str_printf(&out, "%zu target%s %s:\n%s", count, count == 1 ? " was" : "s were", reason,
                   str_text(&names));
    str_free(&names);
    return str_take(&out);
}

/* Documents */

static void append_document(struct str *out, const struct group *group)
{
    const dun_flock_target *first = &group->targets.items[0]->said;
    VECTOR_EACH (const struct flock_target *const, target, &group->targets)
        append_name(out, "-- target: ", &(*target)->said);
    if (group->names_differ)
        append_name(out, "-- for the others, their own names stand in place of those of ", first);
    if (group->rows_differ)
        append_name(out, "-- numbers of rows are those of ", first);
    str_append(out, first->document);
}

char *dun_flock_documents(const dun_flock *flock)
{
    struct str out = STR_INIT;
    struct arena *arena = arena_new();
    groups all = {0};
    struct alike *alike = alike_new(arena);
    for (size_t i = 0; i < flock->count; ++i) {
        const struct flock_target *target = &flock->targets[i];
        if (target->said.document && *target->said.document)
            add_to(arena, &all, alike, target->said.document, target, target);
    }
    VECTOR_EACH (const struct group, group, &all) {
        str_append(&out, group == all.items ? "" : "\n");
        append_document(&out, group);
    }
    arena_free(arena);
    return str_take(&out);
}
