/* Which dunlin this is. */
#ifndef DUNLIN_VERSION_H
#define DUNLIN_VERSION_H

#include <dunlin/api.h>

DUN_BEGIN_DECLS

#define DUN_VERSION "0.1.0"

/* Of the library that is running, which may be newer than the header. */
DUN_API const char *dun_version(void);

DUN_END_DECLS

#endif
