/*
 * A list in YAML as pieces of whole items, so that files of any size are parsed in little memory. Items of a
 * list whose lines begin with "- " are found without parsing: nothing within them may begin so far to the
 * left.
 */
#ifndef SEED_YAML_PIECE_H
#define SEED_YAML_PIECE_H

#include "seed/input.h"

enum { YAML_INDENT_UNKNOWN = -2, YAML_INDENT_NONE = -1 };

struct yaml_piece {
    int indent; /* of the items; YAML_INDENT_UNKNOWN before the first piece, YAML_INDENT_NONE: no such list */
    size_t end; /* of the piece, which begins at the start of the input */
    bool last;
};

/* Reads what is missing of the next piece. DUN_BAD_INPUT: it is too long, or no UTF-8. */
bool yaml_piece_take(struct yaml_piece *piece, struct seed_input *input, dun_error *error);

#endif
