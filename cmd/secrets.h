/* Passwords on the command line. */
#ifndef CMD_SECRETS_H
#define CMD_SECRETS_H

/*
 * Gives a copy of the arguments and overwrites every password in the originals, which is what other people
 * see in the list of processes. To be called before anything else. The copy, NULL-terminated, is freed by
 * secrets_free; NULL: no memory.
 */
char **secrets_hide(int count, char **arguments);
void secrets_free(char **copies);

#endif
