#include "schema/canonical.h"

#include <sha2.h>
#include <stdio.h>
#include <string.h>

static void append_escaped(struct str *to, const char *text)
{
    for (; *text; ++text) {
        if (*text == '\n')
            str_append(to, "\\n");
        else if (*text == '\\')
            str_append(to, "\\\\");
        else
            str_append_char(to, *text);
    }
}

static void append_object(struct str *to, const struct schema_object *object)
{
    append_escaped(to, object->key);
    str_append_char(to, '\n');
    for (size_t i = 0; i < object->value_count; ++i) {
        const struct schema_value *value = &object->values[i];
        str_printf(to, "  %s%s", schema_attribute_word(value->attribute), value->list ? " []" : "");
        for (size_t j = 0; j < value->count; ++j) {
            str_append(to, "\n    ");
            append_escaped(to, value->texts[j]);
        }
        str_append_char(to, '\n');
    }
    for (size_t i = 0; i < object->need_count; ++i) {
        str_append(to, "  needs\n    ");
        append_escaped(to, object->needs[i]->key);
        str_append_char(to, '\n');
    }
}

void canonical_text(struct str *to, struct catalog *catalog)
{
    size_t count;
    catalog_sort(catalog);
    struct schema_object *const *objects = catalog_objects(catalog, &count);
    for (size_t i = 0; i < count; ++i)
        append_object(to, objects[i]);
}

void canonical_fingerprint(struct catalog *catalog, char ret_hex[FINGERPRINT_LENGTH + 1])
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    struct str text = STR_INIT;
    SHA2_CTX context;
    canonical_text(&text, catalog);
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)str_text(&text), text.length);
    SHA256Final(digest, &context);
    str_free(&text);
    for (size_t i = 0; i < sizeof digest; ++i)
        snprintf(ret_hex + 2 * i, 3, "%02x", digest[i]);
}
