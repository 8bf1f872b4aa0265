#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Swift cannot call functions with a variable number of arguments, nor see most of the constants below.

// Ends this process when the thread that started it ends.
static inline int sandbox_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

// Closes all descriptors from `first` on.
static inline void sandbox_close_from(unsigned first) {
#ifdef SYS_close_range
  syscall(SYS_close_range, first, ~0U, 0);
#endif
}

// The C library's function is another call, which reaches other processes too and which the filter below refuses.
static inline int sandbox_set_limit(int resource, unsigned long soft, unsigned long hard) {
  struct rlimit limit = {soft, hard};
#ifdef SYS_setrlimit
  return (int)syscall(SYS_setrlimit, resource, &limit);
#else
  return setrlimit(resource, &limit);
#endif
}

static inline int sandbox_limit_data(void) { return RLIMIT_DATA; }
static inline int sandbox_limit_address_space(void) { return RLIMIT_AS; }
static inline int sandbox_limit_processor_time(void) { return RLIMIT_CPU; }
static inline int sandbox_limit_file_size(void) { return RLIMIT_FSIZE; }
static inline int sandbox_limit_core(void) { return RLIMIT_CORE; }
static inline int sandbox_limit_descriptors(void) { return RLIMIT_NOFILE; }
static inline int sandbox_limit_locked_memory(void) { return RLIMIT_MEMLOCK; }

// The whole seconds of processor time that this process has used, rounded up.
static inline long sandbox_seconds_used(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 2;
}

// The kernel's name for the processor that this is compiled for.
#if defined(__x86_64__)
#define SANDBOX_PROCESSOR AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SANDBOX_PROCESSOR AUDIT_ARCH_AARCH64
#endif

// From here on the process can compute, use memory, and read and write what is open; all else fails with EPERM, and no new
// memory can be executed. Returns 0, or -1 where the kernel has no filters.
static inline int sandbox_filter_calls(void) {
#ifdef SANDBOX_PROCESSOR
  static const unsigned allowed[] = {
      SYS_read,         SYS_write,          SYS_pread64,    SYS_lseek,         SYS_fstat,     SYS_close,
      SYS_munmap,       SYS_mremap,         SYS_brk,        SYS_madvise,       SYS_futex,     SYS_exit,
      SYS_exit_group,   SYS_rt_sigreturn,   SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_getpid, SYS_gettid,
      SYS_getrandom,    SYS_clock_gettime,  SYS_sched_yield, SYS_restart_syscall, SYS_getrusage,
#ifdef SYS_setrlimit
      SYS_setrlimit,
#endif
  };
  enum { count = sizeof allowed / sizeof allowed[0] };
  struct sock_filter program[count + 16];
  unsigned short length = 0;
  const struct sock_filter
      load_processor = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      load_number = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      // The low half of the third argument of `mmap` and `mprotect`.
      load_protection = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
      kill = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      refuse = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      is_processor = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SANDBOX_PROCESSOR, 1, 0),
      // To `load_protection`, which stands behind the other of the two and the jump to the list.
      is_mapping = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0),
      is_protection = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 4),
      is_executable = BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
  program[length++] = load_processor;
  program[length++] = is_processor;
  program[length++] = kill;
  program[length++] = load_number;
  program[length++] = is_mapping;
  program[length++] = is_protection;
  program[length++] = load_protection;
  program[length++] = is_executable;
  program[length++] = refuse;
  program[length++] = allow;
  for (unsigned i = 0; i < count; i++) {
    const struct sock_filter is_allowed = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed[i], (unsigned char)(count - i), 0);
    program[length++] = is_allowed;
  }
  program[length++] = refuse;
  program[length++] = allow;
  const struct sock_fprog filter = {length, program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  // For all threads, should a library have started some.
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
#else
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return -1;
#endif
}
