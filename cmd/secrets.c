/*
 * Finds passwords in arguments. A URL may be broken, and stand where none belongs, so that its password is
 * looked for in every argument and in a rough way: rather too much is overwritten than too little.
 */
#include "secrets.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void overwrite(char *first, const char *last)
{
    while (first < last)
        *first++ = 'x';
}

/* From the first ":" after "//" to the last "@". */
static void hide_user_password(char *argument)
{
    char *authority = strstr(argument, "//");
    char *at = strrchr(argument, '@');
    if (!authority || !at || at < authority)
        return;
    char *colon = strchr(authority, ':');
    if (colon && colon < at)
        overwrite(colon + 1, at);
}

/* What follows "password=" and the like in a query string, in any case and with anything before it:
 * "sslpassword=". */
static void hide_option_passwords(char *argument)
{
    char *query = strchr(argument, '?');
    while (query) {
        char *name = query + 1;
        char *end = name + strcspn(name, "&");
        char *value = memchr(name, '=', (size_t)(end - name));
        for (char *c = name; value && c < value; ++c)
            if (strncasecmp(c, "pass", 4) == 0 || strncasecmp(c, "pwd", 3) == 0 || *c == '%')
                overwrite(value + 1, end);
        query = *end ? end : NULL;
    }
}

char **secrets_hide(int count, char **arguments)
{
    char **copies = calloc((size_t)count + 1, sizeof *copies);
    for (int i = 0; copies && i < count; ++i) {
        copies[i] = strdup(arguments[i]);
        if (!copies[i])
            return NULL;
        if (!strpbrk(arguments[i], "@?"))
            continue;
        hide_option_passwords(arguments[i]);
        hide_user_password(arguments[i]);
    }
    return copies;
}

void secrets_free(char **copies)
{
    for (char **copy = copies; copy && *copy; ++copy)
        free(*copy);
    free(copies);
}
