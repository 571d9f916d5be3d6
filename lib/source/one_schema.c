#include "source/one_schema.h"

#include "base/error.h"
#include "base/map.h"
#include "sql/classify.h"
#include "sql/name.h"
#include "sql/position.h"

#include <string.h>

static const char hint[] = "the target is one schema of many: write names without a schema, and each such "
                           "target has them in its own";

/* Kinds of objects that are in a schema, and named by it. */
static bool is_in_a_schema(const char *kind)
{
    static const char *const kinds[] = {"TABLE",    "FOREIGN TABLE", "VIEW",      "MATERIALIZED VIEW",
                                        "SEQUENCE", "FUNCTION",      "AGGREGATE", "PROCEDURE",
                                        "TYPE",     "DOMAIN"};
    for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; ++i)
        if (strcmp(kind, kinds[i]) == 0)
            return true;
    return false;
}

struct checking {
    struct source_catalog *source;
    struct map *told; /* schemas that there is a warning of */
    const struct source_definition_file *first_file;
    const char *first; /* place in its text of the first name elsewhere */
    bool has_own;
    size_t warnings_before;
};

static void warn(struct checking *checking, const struct source_definition_file *file, const char *at,
                 const struct sql_name *name)
{
    struct arena *arena = checking->source->arena;
    const char *schema = name->parts[name->count - 2];
    struct sql_position place = {file->text, 1, 1};
    if (!map_add(checking->told, schema, checking))
        return;
    sql_position_advance(&place, at);
    *vector_add(arena, &checking->source->warnings) = (dun_warning){
        .file = arena_printf(arena, "%s:%u", file->name, (unsigned)place.line),
        .message = arena_printf(arena,
                                "%s.%s: what is in the schema %s is no part of the target, which is one "
                                "schema by itself, and is not compared",
                                schema, name->parts[name->count - 1], schema)};
}

static void look_at(struct checking *checking, const struct source_definition_file *file,
                    const struct sql_statement *statement)
{
    const struct dun_engine *engine = checking->source->engine;
    struct sql_created created = sql_created_object(engine->dialect, statement->text, statement->length);
    struct sql_name name;
    if (!is_in_a_schema(created.kind) || !created.name || created.temporary ||
        !sql_name_read(checking->source->arena, engine->dialect, created.name, created.name_length, &name))
        return;
    if (name.count < 2 || strcmp(name.parts[name.count - 2], engine->catalog->first_schema) == 0) {
        checking->has_own = true;
        return;
    }
    if (!checking->first) {
        checking->first_file = file;
        checking->first = created.name;
    }
    warn(checking, file, created.name, &name);
}

bool one_schema_check(struct source_catalog *source, const struct source_definitions *definitions,
                      dun_error *error)
{
    struct checking checking = {
        .source = source, .told = map_new(source->arena), .warnings_before = source->warnings.count};
    VECTOR_EACH (const struct source_definition_file, file, &definitions->files)
        for (size_t i = 0; i < file->script->count; ++i)
            look_at(&checking, file, &file->script->statements[i]);
    if (!checking.first || checking.has_own)
        return true;
    const struct source_definition_file *file = checking.first_file;
    source->warnings.count = checking.warnings_before;
    error_set(error, DUN_BAD_INPUT, "all definitions name a schema, so that none of them is of the target");
    error_hint(error, "%s", hint);
    sql_error_at(error, file->name, file->text, file->length, (size_t)(checking.first - file->text));
    return false;
}

void one_schema_hint(const struct source_catalog *source, dun_error *error)
{
    if (source->engine->scratch->is_missing_object(error))
        error_hint(error, "%s", hint);
}
