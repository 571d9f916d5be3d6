#include <dunlin/version.h>

const char *dun_version(void)
{
    return DUN_VERSION;
}
