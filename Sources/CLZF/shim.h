// Debian keeps the header in a folder of its own, others do not.
#if __has_include(<liblzf/lzf.h>)
#include <liblzf/lzf.h>
#else
#include <lzf.h>
#endif
