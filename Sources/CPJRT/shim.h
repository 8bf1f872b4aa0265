// `Scripts/setup xla` puts it there.
#include "../../.build/pjrt/include/pjrt_c_api.h"
