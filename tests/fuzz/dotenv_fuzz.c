/* Any bytes as .env: every line is read or warned about, never a crash. */
#include "project/dotenv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    char set[] = "A=process";
    char *const process[] = {set, NULL};
    struct variables *variables = variables_new(arena, process);
    const struct source source =
        source_of(".env", arena_strndup(arena, size ? (const char *)data : "", size), size);
    dotenv_add(variables, &source);
    if (strcmp(variables_get(variables, "A"), "process") != 0)
        abort();
    unsigned last = 0;
    VECTOR_EACH (const dun_project_warning, warning, &variables->warnings) {
        if (warning->line < last || warning->line > size + 1)
            abort();
        last = warning->line;
    }
    arena_free(arena);
    return 0;
}
