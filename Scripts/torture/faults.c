/* Preloaded into the program: kills it, or fails its calls, at the k-th system call on files below a path.
 *
 *   FAULT_PREFIX  only calls on paths below this one count
 *   FAULT_AT      the number of the first call to fail, from one; 0 only records
 *   FAULT_SPAN    how many calls in a row fail
 *   FAULT_KIND    `kill`; `short`: half of a read or write is done; `torn`: half of a write is done, and it and all other
 *                 calls fail as on a full disk; or an error number
 *   FAULT_RECORD  a file that gets a line for each call that failed, or, if none shall fail, for every call
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum verdict { PASS, FAIL, SHORT, TORN };

static long number(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : 0;
}

/* Raw system calls, so that writing the record is not itself counted. */
static void record(const char *call, long count, const char *path) {
  const char *name = getenv("FAULT_RECORD");
  char line[4200];
  if (!name) return;
  int length = snprintf(line, sizeof line, "%ld %s %s\n", count, call, path);
  int file = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  syscall(SYS_write, file, line, (size_t)length);
  syscall(SYS_close, file);
}

/* Counts a call and says what is to become of it; sets errno if it is to fail. */
static enum verdict judge(const char *call, const char *path) {
  static atomic_long calls;
  const char *prefix = getenv("FAULT_PREFIX"), *kind = getenv("FAULT_KIND");
  if (!prefix || !path || strncmp(path, prefix, strlen(prefix))) return PASS;
  long count = atomic_fetch_add(&calls, 1) + 1, first = number("FAULT_AT");
  if (first == 0) record(call, count, path);
  if (first == 0 || !kind || count < first || count >= first + number("FAULT_SPAN")) return PASS;
  record(call, count, path);
  if (!strcmp(kind, "kill")) syscall(SYS_kill, getpid(), SIGKILL);
  if (!strcmp(kind, "short")) return SHORT;
  if (!strcmp(kind, "torn")) {
    errno = ENOSPC;
    return strcmp(call, "write") && strcmp(call, "pwrite") ? FAIL : TORN;
  }
  errno = atoi(kind);
  return FAIL;
}

static enum verdict judge_file(const char *call, int file) {
  char link[64], path[4096];
  int saved = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  errno = saved;
  if (length < 0) return PASS;
  path[length] = 0;
  return judge(call, path);
}

/* Calls that are passed on unless they fail. */
#define PASSED_ON(result, name, parameters, arguments, verdict)                \
  result name parameters {                                                     \
    static result(*next) parameters;                                           \
    if (!next) next = dlsym(RTLD_NEXT, #name);                                 \
    return (verdict) == FAIL ? -1 : next arguments;                            \
  }
#define ON_PATH(name) PASSED_ON(int, name, (const char *p), (p), judge(#name, p))
#define ON_FILE(name) PASSED_ON(int, name, (int f), (f), judge_file(#name, f))
ON_PATH(unlink)
ON_PATH(rmdir)
ON_FILE(fsync)
ON_FILE(fdatasync)
PASSED_ON(int, rename, (const char *p, const char *q), (p, q), judge("rename", q))
PASSED_ON(int, renameat2, (int d, const char *p, int e, const char *q, unsigned f), (d, p, e, q, f), judge("renameat2", q))
PASSED_ON(int, mkdir, (const char *p, mode_t m), (p, m), judge("mkdir", p))
PASSED_ON(int, access, (const char *p, int m), (p, m), judge("access", p))
PASSED_ON(int, stat, (const char *restrict p, struct stat *restrict s), (p, s), judge("stat", p))
PASSED_ON(int, fstat, (int f, struct stat *s), (f, s), judge_file("fstat", f))
PASSED_ON(int, ftruncate, (int f, off_t n), (f, n), judge_file("ftruncate", f))
PASSED_ON(int, flock, (int f, int o), (f, o), judge_file("flock", f))

/* A close that reports an error has closed the file all the same. */
int close(int file) {
  enum verdict verdict = judge_file("close", file);
  int code = errno, status = (int)syscall(SYS_close, file);
  if (verdict != FAIL) return status;
  errno = code;
  return -1;
}

#define HALF(count) (((count) + 1) / 2)

ssize_t read(int file, void *bytes, size_t count) {
  enum verdict verdict = judge_file("read", file);
  return verdict == FAIL ? -1 : syscall(SYS_read, file, bytes, verdict == SHORT ? HALF(count) : count);
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  enum verdict verdict = judge_file("pread", file);
  return verdict == FAIL ? -1 : syscall(SYS_pread64, file, bytes, verdict == SHORT ? HALF(count) : count, offset);
}

ssize_t pread64(int file, void *bytes, size_t count, off_t offset) { return pread(file, bytes, count, offset); }

ssize_t write(int file, const void *bytes, size_t count) {
  enum verdict verdict = judge_file("write", file);
  int code = errno;
  if (verdict == FAIL) return -1;
  ssize_t written = syscall(SYS_write, file, bytes, verdict == PASS ? count : HALF(count));
  if (verdict != TORN) return written;
  errno = code;
  return -1;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  enum verdict verdict = judge_file("pwrite", file);
  int code = errno;
  if (verdict == FAIL) return -1;
  ssize_t written = syscall(SYS_pwrite64, file, bytes, verdict == PASS ? count : HALF(count), offset);
  if (verdict != TORN) return written;
  errno = code;
  return -1;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t offset) { return pwrite(file, bytes, count, offset); }

#define OPENING(name)                                                          \
  int name(const char *path, int flags, ...) {                                 \
    static int (*next)(const char *, int, ...);                                \
    if (!next) next = dlsym(RTLD_NEXT, #name);                                 \
    va_list rest;                                                              \
    va_start(rest, flags);                                                     \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                  \
    va_end(rest);                                                              \
    return judge("open", path) == FAIL ? -1 : next(path, flags, mode);         \
  }
OPENING(open)
OPENING(open64)
