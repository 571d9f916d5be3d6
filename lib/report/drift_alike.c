#include "report/drift_alike.h"

#include "report/alike.h"
#include "report/report.h"

#include <string.h>

/* What is told of it, but for the target. Tenants have the same objects, each in a schema of its own. */
static const struct alike_group *group_number(struct alike *alike, const dun_drift_finding *finding)
{
    struct str content = STR_INIT;
    const char *const names[] = {finding->target, finding->drift ? dun_drift_schema(finding->drift) : NULL,
                                 NULL};
    if (finding->drift)
        drift_json_content(&content, finding);
    else
        str_printf(&content, "%s\1%s", finding->skipped ? finding->skipped : "",
                   finding->error ? dun_error_message(finding->error) : "");
    const struct alike_group *group = alike_group(alike, str_text(&content), names);
    str_free(&content);
    return group;
}

static void note_schema(struct drift_alike *group)
{
    const dun_drift *first = group->findings.items[0]->drift;
    const dun_drift *last = group->findings.items[group->findings.count - 1]->drift;
    const char *schema = first ? dun_drift_schema(first) : NULL;
    const char *other = last ? dun_drift_schema(last) : NULL;
    if (schema && other && !dun_drift_is_equal(first) && strcmp(schema, other) != 0)
        group->schema = schema;
}

const struct drift_alike *drift_group(struct arena *arena, const dun_drift_finding *findings, size_t count,
                                      size_t *ret_count)
{
    VECTOR(struct drift_alike) groups = {0};
    struct alike *alike = alike_new(arena);
    for (size_t i = 0; i < count; ++i) {
        const struct alike_group *found = group_number(alike, &findings[i]);
        struct drift_alike *group =
            found->number < groups.count ? &groups.items[found->number] : vector_add(arena, &groups);
        *vector_add(arena, &group->findings) = &findings[i];
        group->rows_differ = found->rows_differ;
        note_schema(group);
    }
    *ret_count = groups.count;
    return groups.items;
}
