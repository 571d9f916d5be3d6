/* What other tools call commands and options. For the hints of options.c. */
#ifndef CMD_OTHER_WORDS_H
#define CMD_OTHER_WORDS_H

/* The command line that does it: "dunlin down" for "rollback". NULL: the word is nobody's. */
const char *other_command(const char *word);

/* A hint, for an option without its dashes: "did you mean --to?" for "target". NULL: the word is nobody's. */
const char *other_option(const char *word);

#endif
