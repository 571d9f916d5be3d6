/* Any bytes as dunlin.yaml: read or refused with a place, never a crash; what was read is then expanded. */
#include "project/config.h"

#include "base/error.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expand_value(const struct config *config, const struct config_text *value,
                         const struct variables *variables, dun_error *error)
{
    const char *text;
    bool from_variable;
    if (value->text)
        expand(value, &config->source, variables, &text, &from_variable, error);
}

static void expand_all(struct arena *arena, const struct config *config, dun_error *error)
{
    char set[] = "A=b", empty[] = "B=";
    char *const process[] = {set, empty, NULL};
    const struct variables *variables = variables_new(arena, process);
    expand_value(config, &config->schema, variables, error);
    expand_value(config, &config->history, variables, error);
    VECTOR_EACH (const struct config_environment, environment, &config->environments) {
        VECTOR_EACH (const struct config_text, url, &environment->urls)
            expand_value(config, url, variables, error);
        expand_value(config, &environment->discover_query, variables, error);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    dun_error *error = dun_error_new();
    const struct source source =
        source_of("dunlin.yaml", arena_strndup(arena, size ? (const char *)data : "", size), size);
    struct config *config;
    if (config_read(arena, &source, &config, error))
        expand_all(arena, config, error);
    else if (dun_error_code(error) != DUN_BAD_INPUT || !*dun_error_message(error))
        abort();
    dun_error_free(error);
    arena_free(arena);
    return 0;
}
