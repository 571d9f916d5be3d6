/* The text of a dry run: exactly what would be sent. */
#include "run/jobs.h"

#include "run/weave.h"
#include "sql/script.h"

#include <string.h>

static void append_item(struct str *to, const struct run_target *target, const struct db_item *item)
{
    const struct db_driver *driver = target->connection->driver;
    const char *spelled =
        driver->spelled ? driver->spelled(target->connection, item->sql, item->length) : NULL;
    sql_append_statement(to, target->engine->dialect, spelled ? spelled : item->sql,
                         spelled ? strlen(spelled) : item->length);
}

void run_jobs_text(struct str *to, const struct run_target *target, const struct run_job *jobs, size_t count)
{
    struct arena *arena = arena_new();
    struct weave weave = weave_jobs(arena, target->engine, jobs, count);
    for (size_t i = 0; i < weave.count; ++i) {
        const struct db_item *item = &weave.items[i];
        if (i == 0 || weave.origins[i].job != weave.origins[i - 1].job)
            str_printf(to, "%s-- %s\n", i ? "\n" : "", jobs[weave.origins[i].job].title);
        append_item(to, target, item);
        if (item->copy_data) {
            str_append_n(to, item->copy_data, item->copy_length);
            str_append(to, "\\.\n");
        }
    }
    arena_free(arena);
}
