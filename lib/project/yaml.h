/*
 * A YAML document as a tree of texts, lists and maps, each with its place. yaml.c is the only file that knows
 * libfyaml.
 *
 * Aliases stand for the node of their anchor. What a config has no use for is an error with a place: tags,
 * keys that are no text, a key given twice, more than one document.
 */
#ifndef PROJECT_YAML_H
#define PROJECT_YAML_H

#include "base/arena.h"
#include "base/vector.h"
#include "project/source.h"

#include <dunlin/error.h>

#include <stdbool.h>

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node;

struct yaml_pair {
    struct yaml_node *key; /* YAML_TEXT */
    struct yaml_node *value;
};

struct yaml_node {
    enum yaml_kind kind;
    struct place place;
    const char *text; /* YAML_TEXT; has no NUL inside */
    bool plain;       /* the text is not quoted */
    VECTOR(struct yaml_node *) items;
    VECTOR(struct yaml_pair) pairs;
};

/* The root is NULL when the document is empty. Fails with DUN_BAD_INPUT. */
bool yaml_read(struct arena *arena, const struct source *source, struct yaml_node **ret_root,
               dun_error *error);

/* Does YAML read this text as nothing, as true or false, as a number? Quoted text never. */
bool yaml_is_null(const struct yaml_node *node);
bool yaml_is_boolean(const struct yaml_node *node);
bool yaml_is_number(const struct yaml_node *node);

#endif
