#include "base/library.h"

#include "base/error.h"
#include "base/memory.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

bool library_open(const char *file, const char *package, const char *const *names, void **ret_functions,
                  dun_error *error)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        error_set(error, DUN_FAILED, "cannot open the client library %s: %s", file, dlerror());
        error_hint(error, "install it (Debian: apt-get install %s)", package);
        return false;
    }
    size_t count = 0;
    while (names[count])
        ++count;
    void **functions = memory_alloc(memory_multiply(count, sizeof *functions));
    for (size_t i = 0; i < count; ++i) {
        functions[i] = dlsym(library, names[i]);
        if (!functions[i]) {
            error_set(error, DUN_FAILED, "the client library %s has no function %s", file, names[i]);
            error_hint(error, "install a newer one (Debian: apt-get install %s)", package);
            free(functions);
            dlclose(library);
            return false;
        }
    }
    memcpy(ret_functions, functions, count * sizeof *functions);
    free(functions);
    return true;
}
