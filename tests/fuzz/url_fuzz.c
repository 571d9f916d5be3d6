/* Any text either is a URL, whose redacted form reads again as itself and holds no password, or gives an
 * error. */
#include "db/url.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    dun_error *error = dun_error_new();
    struct db_url *url = NULL, *again = NULL;
    if (db_url_parse(arena, arena_strndup(arena, (const char *)data, size), &url, error)) {
        const char *redacted = db_url_redacted(arena, url);
        if (!db_url_parse(arena, redacted, &again, error) || again->password)
            abort();
        if (strcmp(redacted, db_url_redacted(arena, again)) != 0)
            abort();
        if (url->host_count != again->host_count || url->option_count != again->option_count)
            abort();
        if (!url->database != !again->database ||
            (url->database && strcmp(url->database, again->database) != 0))
            abort();
    } else if (url || dun_error_code(error) != DUN_BAD_INPUT || !*dun_error_message(error)) {
        abort();
    }
    dun_error_free(error);
    arena_free(arena);
    return 0;
}
