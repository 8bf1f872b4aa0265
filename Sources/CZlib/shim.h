#include <zlib.h>

// Swift cannot see the macro below, which names the version and the size of the stream.

static inline int manabi_inflateInit2(z_stream *stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}
