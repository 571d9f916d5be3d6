#include "base/error.h"
#include "seed/result.h"

bool dun_seed_capture_tables(const dun_seed_options *options, const dun_seed_capture *capture, dun_seed_run **ret_run,
                             dun_error *error)
{
    (void)options; (void)capture; (void)ret_run;
    return error_set(error, DUN_FAILED, "not yet");
}
