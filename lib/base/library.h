/*
 * Client libraries that are opened when first needed. Loading all of them costs a short command more than its
 * work does (6 ms of CPU against 1 ms), and a machine without one of them can still use the other engines.
 *
 * A floor lists the functions it uses in a macro and gets a struct of pointers, used as
 * `libpq.PQfinish(connection)`:
 *
 *     #define LIBPQ_FUNCTIONS(X) X(PQfinish) X(PQstatus)
 *     struct libpq { LIBPQ_FUNCTIONS(LIBRARY_POINTER) };
 *     static const char *const names[] = {LIBPQ_FUNCTIONS(LIBRARY_NAME) NULL};
 *     library_open("libpq.so.5", "libpq5", names, (void **)&libpq, error)
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <dunlin/error.h>

#include <stdbool.h>

#define LIBRARY_POINTER(name) __typeof__(&name) name;
#define LIBRARY_NAME(name) #name,

/*
 * Opens a shared library and fills `ret_functions` with the addresses of `names` (NULL-terminated), in order.
 * The library stays open until the process ends. Fails with DUN_FAILED, and `ret_functions` untouched, when
 * the library or a function is not there; the hint says which Debian package has it.
 */
bool library_open(const char *file, const char *package, const char *const *names, void **ret_functions,
                  dun_error *error);

#endif
