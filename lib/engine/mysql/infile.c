#include "engine/mysql/infile.h"

#include <stdio.h>

enum { REFUSED = 1 };

/* The library calls the end and the error functions with what this leaves, also when it fails. */
static int begin(void **ret_state, const char *name, void *user)
{
    const struct mysql_infile *infile = user;
    (void)name;
    *ret_state = user;
    return infile && infile->read ? 0 : REFUSED;
}

static int read_bytes(void *state, char *buffer, unsigned size)
{
    const struct mysql_infile *infile = state;
    return infile && infile->read ? infile->read(infile->user, buffer, size) : -1;
}

static void end(void *state)
{
    (void)state;
}

static int tell_error(void *state, char *buffer, unsigned size)
{
    (void)state;
    snprintf(buffer, size, "the server asked for a file, which is not given");
    return 2000; /* CR_UNKNOWN_ERROR */
}

void mysql_engine_infile_install(MYSQL *handle, const struct mysql_infile *infile)
{
    static const unsigned on = 1;
    libmariadb.mysql_optionsv(handle, MYSQL_OPT_LOCAL_INFILE, &on);
    libmariadb.mysql_set_local_infile_handler(handle, begin, read_bytes, end, tell_error, (void *)infile);
}
