#include "plan/hazard.h"

#include <string.h>

struct hazard {
    const char *word, *sentence;
    enum plan_hazard_class class;
};

#define HAZARD(constant, word, class, sentence) {word, sentence, class},
static const struct hazard hazards[] = {PLAN_HAZARDS(HAZARD)};
#undef HAZARD

static const struct hazard *find(enum plan_hazard hazard)
{
    unsigned index = 0;
    while (index + 1 < PLAN_HAZARD_COUNT && !((unsigned)hazard & 1U << index))
        ++index;
    return &hazards[index];
}

const char *plan_hazard_word(enum plan_hazard hazard)
{
    return find(hazard)->word;
}

const char *plan_hazard_sentence(enum plan_hazard hazard)
{
    return find(hazard)->sentence;
}

enum plan_hazard_class plan_hazard_class(enum plan_hazard hazard)
{
    return find(hazard)->class;
}

bool plan_hazard_from_word(const char *word, unsigned *ret_hazards)
{
    if (strcmp(word, "all") == 0) {
        *ret_hazards = plan_hazards_losing_data(~0U);
        return true;
    }
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (strcmp(word, hazards[i].word) == 0) {
            *ret_hazards = 1U << i;
            return true;
        }
    return false;
}

unsigned plan_hazards_losing_data(unsigned set)
{
    unsigned losing = 0;
    for (unsigned i = 0; i < PLAN_HAZARD_COUNT; ++i)
        if (hazards[i].class == PLAN_LOSES_DATA)
            losing |= 1U << i;
    return set & losing;
}
