/* Has the engine's language write the statements of steps. For this floor. */
#ifndef PLAN_RENDER_H
#define PLAN_RENDER_H

#include "plan/work.h"

/* Fills the plan, whose arena is set, from the nodes in this order (numbers from 0). */
bool plan_render(struct plan *plan, const struct plan_work *work, const uint32_t *order, dun_error *error);

#endif
