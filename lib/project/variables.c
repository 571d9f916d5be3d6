/* The variables of a project, by name. */
#include "project/variables.h"

#include "base/map.h"

#include <stdbool.h>
#include <string.h>

struct variable {
    const char *value;
    bool of_process;
};

size_t variables_name_length(const char *text)
{
    size_t length = strspn(text, VARIABLES_LETTERS);
    return length ? length + strspn(text + length, VARIABLES_LETTERS VARIABLES_DIGITS) : 0;
}

struct variables *variables_new(struct arena *arena, char *const *process)
{
    struct variables *variables = ARENA_NEW(arena, struct variables);
    variables->arena = arena;
    variables->map = map_new(arena);
    for (; process && *process; ++process) {
        char *name = arena_strdup(arena, *process);
        char *equals = strchr(name, '=');
        if (!equals)
            continue;
        *equals = '\0';
        struct variable *variable = ARENA_NEW(arena, struct variable);
        *variable = (struct variable){.value = equals + 1, .of_process = true};
        map_add(variables->map, name, variable);
    }
    return variables;
}

void variables_set(struct variables *variables, const char *name, const char *value)
{
    struct variable *variable = map_get(variables->map, name);
    if (!variable) {
        variable = ARENA_NEW(variables->arena, struct variable);
        map_add(variables->map, name, variable);
    }
    if (!variable->of_process)
        variable->value = value;
}

const char *variables_get(const struct variables *variables, const char *name)
{
    const struct variable *variable = map_get(variables->map, name);
    return variable ? variable->value : NULL;
}

void variables_warn(struct variables *variables, const char *file, unsigned line, const char *message)
{
    *vector_add(variables->arena, &variables->warnings) =
        (dun_project_warning){.file = file, .line = line, .message = message};
}
