/* How a new thread takes over the scope of the group that started it; for this floor. */
#ifndef TASK_SCOPE_H
#define TASK_SCOPE_H

struct task_scope;

struct task_scope *scope_current(void);
void scope_adopt(struct task_scope *scope);

#endif
