// From the C library, which declares it for GNU sources only.
extern int renameat2(int directory, const char *path, int other_directory, const char *other, unsigned flags);

// Lets two names change places in one step; 0, or -1 with `errno` where that fails.
static inline int exchange_names(const char *path, const char *other) {
  const int current_directory = -100;
  const unsigned exchange = 2;
  return renameat2(current_directory, path, current_directory, other, exchange);
}
