/* What the config says of columns (demo: in dunlin.yaml), looked at before anything is made up. */
#ifndef SEED_DEMO_SETTINGS_H
#define SEED_DEMO_SETTINGS_H

#include "seed/demo/plan.h"

/* Is everything that is said known, and does it make sense by itself? */
bool demo_settings_check(const struct dun_demo_options *demo, dun_error *error);

/* Is everything said of a column that there is? After the tables were read. */
bool demo_settings_find(const struct demo_plan *plan, dun_error *error);

/* What is said of the column; NULL: nothing. */
const struct demo_wish *demo_settings_of(const struct demo_plan *plan, const struct seed_table *table,
                                         const struct seed_column *column);

#endif
