/* Do values mean the same? */
#include "diff/match.h"

#include "sql/same_tokens.h"

#include <string.h>

static bool same_texts(const struct diff_rules *rules, enum schema_attribute attribute, const char *left,
                       const char *right)
{
    if (strcmp(left, right) == 0)
        return true;
    return rules->tokens && schema_attribute_is_sql(attribute) &&
           sql_same_tokens(rules->dialect, left, right);
}

bool diff_same_value(const struct diff_rules *rules, const struct schema_value *left,
                     const struct schema_value *right)
{
    if (!left || !right)
        return left == right;
    if (left->count != right->count)
        return false;
    for (size_t i = 0; i < left->count; ++i)
        if (!same_texts(rules, left->attribute, left->texts[i], right->texts[i]))
            return false;
    return true;
}

size_t diff_attributes(const struct diff_rules *rules, const struct schema_object *from,
                       const struct schema_object *to, enum schema_attribute *ret_attributes)
{
    size_t count = 0, i = 0, j = 0;
    while (i < from->value_count || j < to->value_count) {
        const struct schema_value *left = i < from->value_count ? &from->values[i] : NULL;
        const struct schema_value *right = j < to->value_count ? &to->values[j] : NULL;
        if (left && right && left->attribute != right->attribute) {
            if (left->attribute < right->attribute)
                right = NULL;
            else
                left = NULL;
        }
        i += left != NULL;
        j += right != NULL;
        enum schema_attribute attribute = left ? left->attribute : right->attribute;
        if (!diff_same_value(rules, left, right) && (!rules->counts || rules->counts(from, to, attribute)))
            ret_attributes[count++] = attribute;
    }
    return count;
}

bool diff_same_attributes(const struct diff_rules *rules, const struct schema_object *from,
                          const struct schema_object *to)
{
    enum schema_attribute attributes[SCHEMA_ATTRIBUTE_COUNT];
    return diff_attributes(rules, from, to, attributes) == 0;
}
