/* A disk that fails on command: every mutating system call below one folder is counted, and the n-th can be
 * preceded by a kill, torn, or made to fail. Preloaded into an ordinary build of the product; Linux alone.
 *
 * A system call filter traps the calls themselves, not their wrappers in the C library. Callers that issue system calls
 * on their own (rustix, and through it the rename that ends every commit of the index) are therefore seen too, without
 * a build made for the purpose.
 *
 * What it cannot see: writes through a shared mapping. SQLite's shared memory file is written so; it is rebuilt by the
 * first opener and holds nothing that has to last.
 *
 * ATLAS_FAULT_DIR     the folder, absolute; without it the library does nothing
 * ATLAS_FAULT         count | kill | tear | fail | short
 * ATLAS_FAULT_AT      the call at fault, from 1
 * ATLAS_FAULT_FOR     1: that call alone; 0: that one and all after it
 * ATLAS_FAULT_ERRNO   what `fail` answers
 * ATLAS_FAULT_REPORT  file of two 64-bit numbers: calls seen, faults made
 * ATLAS_FAULT_LOG     file that takes every call with its data, for images of a power cut
 * ATLAS_FAULT_ACK     writes to this file go into the log as marks and count as nothing
 *
 * A program that opens /atlas-fork-server becomes a server: each line on its input, `NAME=VALUE` pairs separated by
 * tabs, is put into the environment of a fork that goes on from there; its wait status is the answer. Work done before is
 * shared by all forks, which makes tens of thousands of runs affordable.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
__asm__(".text\n.globl fault_call\n.hidden fault_call\n.globl fault_after\n.hidden fault_after\n"
        "fault_call:\n mov %rdi,%rax\n mov %rsi,%rdi\n mov %rdx,%rsi\n mov %rcx,%rdx\n mov %r8,%r10\n"
        " mov %r9,%r8\n mov 8(%rsp),%r9\n syscall\nfault_after:\n ret\n");
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
__asm__(".text\n.globl fault_call\n.hidden fault_call\n.globl fault_after\n.hidden fault_after\n"
        "fault_call:\n mov x8,x0\n mov x0,x1\n mov x1,x2\n mov x2,x3\n mov x3,x4\n mov x4,x5\n mov x5,x6\n"
        " svc #0\nfault_after:\n ret\n");
#else
#error "the shim knows x86_64 and aarch64"
#endif

/* The one place whose calls the filter lets through. */
extern long fault_call(long number, long a, long b, long c, long d, long e, long f);
extern char fault_after[];
#define CALL(n, a, b, c, d) fault_call((n), (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

enum mode { COUNT, KILL, TEAR, FAIL, SHORT };
enum kind { WRITE = 1, SIZE, CREATE, RENAME, UNLINK, MKDIR, RMDIR, SYNC, LINK, ACK, OTHER };

struct entry {
  uint32_t kind, path, other, data;
  uint64_t offset;
};

static char folder[PATH_MAX], ack[PATH_MAX];
static size_t folder_length;
static enum mode mode;
static uint64_t at;
static int once, answer, log_file = -1;
static struct { volatile uint64_t calls, faults; } nowhere, *report = (void *)&nowhere;
static volatile int busy;

static void configure(void) {
  const char *value = getenv("ATLAS_FAULT_DIR");
  folder_length = 0;
  if (!value) return;
  snprintf(folder, sizeof folder, "%s", value);
  value = getenv("ATLAS_FAULT_ACK");
  snprintf(ack, sizeof ack, "%s", value ? value : "");
  value = getenv("ATLAS_FAULT");
  mode = !value ? COUNT : !strcmp(value, "kill") ? KILL : !strcmp(value, "tear") ? TEAR
       : !strcmp(value, "fail") ? FAIL : !strcmp(value, "short") ? SHORT : COUNT;
  value = getenv("ATLAS_FAULT_AT");
  at = value ? strtoull(value, NULL, 10) : 0;
  value = getenv("ATLAS_FAULT_FOR");
  once = !value || strcmp(value, "0");
  value = getenv("ATLAS_FAULT_ERRNO");
  answer = value ? atoi(value) : EIO;
  value = getenv("ATLAS_FAULT_REPORT");
  if (value) {
    int file = (int)CALL(SYS_openat, AT_FDCWD, value, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || CALL(SYS_ftruncate, file, sizeof nowhere, 0, 0) < 0) abort();
    report = mmap(NULL, sizeof nowhere, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (report == MAP_FAILED) abort();
    close(file);
    report->calls = report->faults = 0;
  }
  value = getenv("ATLAS_FAULT_LOG");
  if (value) {
    log_file = (int)CALL(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (log_file < 0) abort();
  }
  folder_length = strlen(folder);
}

static int is_below(const char *path) {
  return folder_length && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static void of_file(long file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%ld", file);
  long length = CALL(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
}

static void of_name(long dir, const char *name, char *path) {
  if (name[0] == '/') {
    snprintf(path, PATH_MAX, "%s", name);
    return;
  }
  char base[PATH_MAX];
  if ((int)dir == AT_FDCWD) {
    if (CALL(SYS_getcwd, base, sizeof base, 0, 0) < 0) base[0] = 0;
  } else {
    of_file(dir, base);
  }
  if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) path[0] = 0;
}

static int exists(const char *path) { return CALL(SYS_faccessat, AT_FDCWD, path, F_OK, 0) == 0; }

static void put(const void *bytes, size_t length) {
  while (length) {
    long done = CALL(SYS_write, log_file, bytes, length, 0);
    if (done <= 0) abort();
    bytes = (const char *)bytes + done;
    length -= (size_t)done;
  }
}

static void note(enum kind kind, const char *path, const char *other, const struct iovec *parts, int count,
                 uint64_t length, uint64_t offset) {
  if (log_file < 0) return;
  struct entry entry = {kind, (uint32_t)strlen(path), (uint32_t)strlen(other), (uint32_t)length, offset};
  put(&entry, sizeof entry);
  put(path, entry.path);
  put(other, entry.other);
  for (int part = 0; part < count && length; part++) {
    size_t take = parts[part].iov_len < length ? parts[part].iov_len : length;
    put(parts[part].iov_base, take);
    length -= take;
  }
}

/* One call as the shim understands it. */
struct call {
  enum kind kind;
  char path[PATH_MAX], other[PATH_MAX];
  const struct iovec *parts;
  struct iovec part;
  int count;
  uint64_t length, offset;
};

static void data(struct call *call, long file, const struct iovec *parts, long count, int positioned, uint64_t offset) {
  call->kind = WRITE;
  of_file(file, call->path);
  call->parts = parts;
  call->count = (int)count;
  for (int part = 0; part < call->count; part++) call->length += parts[part].iov_len;
  call->offset = offset;
  if (!positioned && is_below(call->path)) {
    struct stat stat;
    long flags = CALL(SYS_fcntl, file, F_GETFL, 0, 0);
    if (flags & O_APPEND) call->offset = fstat((int)file, &stat) ? 0 : (uint64_t)stat.st_size;
    else call->offset = (uint64_t)CALL(SYS_lseek, file, 0, SEEK_CUR, 0);
  }
}

static void opened(struct call *call, long dir, const char *name, long flags) {
  call->kind = OTHER;
  call->path[0] = 0;
  if (!(flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)) || (flags & O_TMPFILE) == O_TMPFILE) return;
  of_name(dir, name, call->path);
  if (!is_below(call->path)) return;
  if (!exists(call->path)) call->kind = flags & O_CREAT ? CREATE : OTHER;
  else if (flags & O_TRUNC) call->kind = SIZE;
}

static void understand(struct call *call, long number, long *a) {
  call->kind = OTHER;
  switch (number) {
    case SYS_write:
    case SYS_pwrite64:
      call->part = (struct iovec){(void *)a[1], (size_t)a[2]};
      data(call, a[0], &call->part, 1, number == SYS_pwrite64, (uint64_t)a[3]);
      break;
    case SYS_writev: data(call, a[0], (void *)a[1], a[2], 0, 0); break;
    case SYS_pwritev:
    case SYS_pwritev2: data(call, a[0], (void *)a[1], a[2], a[3] != -1, (uint64_t)a[3]); break;
    case SYS_ftruncate: call->kind = SIZE; of_file(a[0], call->path); call->offset = (uint64_t)a[1]; break;
    case SYS_truncate: call->kind = SIZE; of_name(AT_FDCWD, (void *)a[0], call->path); call->offset = (uint64_t)a[1]; break;
    case SYS_fsync:
    case SYS_fdatasync: call->kind = SYNC; of_file(a[0], call->path); break;
    case SYS_fallocate:
    case SYS_sync_file_range:
    case SYS_fchmod: of_file(a[0], call->path); break;
    case SYS_sendfile: of_file(a[0], call->path); break;
    case SYS_copy_file_range: of_file(a[2], call->path); break;
    case SYS_openat: opened(call, a[0], (void *)a[1], a[2]); break;
    case SYS_unlinkat:
      call->kind = a[2] & AT_REMOVEDIR ? RMDIR : UNLINK;
      of_name(a[0], (void *)a[1], call->path);
      break;
    case SYS_mkdirat: call->kind = MKDIR; of_name(a[0], (void *)a[1], call->path); break;
    case SYS_renameat:
    case SYS_renameat2:
    case SYS_linkat:
      call->kind = number == SYS_linkat ? LINK : RENAME;
      of_name(a[0], (void *)a[1], call->path);
      of_name(a[2], (void *)a[3], call->other);
      break;
    case SYS_fchmodat: of_name(a[0], (void *)a[1], call->path); break;
#ifdef SYS_open
    case SYS_open: opened(call, AT_FDCWD, (void *)a[0], a[1]); break;
    case SYS_creat: opened(call, AT_FDCWD, (void *)a[0], O_CREAT | O_WRONLY | O_TRUNC); break;
    case SYS_unlink: call->kind = UNLINK; of_name(AT_FDCWD, (void *)a[0], call->path); break;
    case SYS_rmdir: call->kind = RMDIR; of_name(AT_FDCWD, (void *)a[0], call->path); break;
    case SYS_mkdir: call->kind = MKDIR; of_name(AT_FDCWD, (void *)a[0], call->path); break;
    case SYS_chmod: of_name(AT_FDCWD, (void *)a[0], call->path); break;
    case SYS_rename:
    case SYS_link:
      call->kind = number == SYS_link ? LINK : RENAME;
      of_name(AT_FDCWD, (void *)a[0], call->path);
      of_name(AT_FDCWD, (void *)a[1], call->other);
      break;
#endif
  }
}

static long half(struct call *call, long number, long *a) {
  uint64_t left = call->length / 2;
  struct iovec parts[16];
  int count = 0;
  for (int part = 0; part < call->count && part < 16 && left; part++, count++) {
    parts[part] = call->parts[part];
    if (parts[part].iov_len > left) parts[part].iov_len = left;
    left -= parts[part].iov_len;
  }
  int positioned = number == SYS_pwrite64 || ((number == SYS_pwritev || number == SYS_pwritev2) && a[3] != -1);
  return positioned ? fault_call(SYS_pwritev, a[0], (long)parts, count, a[3], 0, 0)
                    : fault_call(SYS_writev, a[0], (long)parts, count, 0, 0, 0);
}

static void die(void) {
  CALL(SYS_kill, getpid(), SIGKILL, 0, 0);
  for (;;) pause();
}

static long perform(long number, long *a) {
  struct call call;
  memset(&call, 0, offsetof(struct call, path));
  call.path[0] = call.other[0] = 0;
  call.parts = NULL;
  call.count = 0;
  call.length = call.offset = 0;
  understand(&call, number, a);
  if (call.kind == WRITE && ack[0] && !strcmp(call.path, ack)) {
    note(ACK, call.path, "", call.parts, call.count, call.length, 0);
    return fault_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  }
  if (!is_below(call.path) && !(call.other[0] && is_below(call.other)))
    return fault_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  /* Callers fall back to plain writes, which are counted as such. */
  if (number == SYS_copy_file_range || number == SYS_sendfile) return -ENOSYS;
  if (number == SYS_fallocate) return -EOPNOTSUPP;
  uint64_t n = ++report->calls;
  int due = at && (once ? n == at : n >= at);
  if (due && mode == KILL) {
    report->faults++;
    die();
  }
  if (due && mode == TEAR) {
    report->faults++;
    if (call.kind == WRITE && call.length > 1) half(&call, number, a);
    die();
  }
  if (due && mode == FAIL) {
    report->faults++;
    return -answer;
  }
  if (due && mode == SHORT && call.kind == WRITE && call.length > 1) {
    report->faults++;
    return half(&call, number, a);
  }
  long result = fault_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (result < 0) note(OTHER, call.path, "", NULL, 0, 0, 0);
  else if (call.kind == WRITE) note(WRITE, call.path, "", call.parts, call.count, (uint64_t)result, call.offset);
  else note(call.kind, call.path, call.other, NULL, 0, 0, call.offset);
  return result;
}

/* Answers forks until the input ends. A fork returns. */
static void serve(void) {
  char line[16384];
  for (;;) {
    size_t length = 0;
    for (;;) {
      if (length + 1 >= sizeof line || read(0, line + length, 1) != 1) _exit(0);
      if (line[length] == '\n') break;
      length++;
    }
    line[length] = 0;
    long child = fork();
    if (child == 0) {
      for (char *pair = strtok(line, "\t"); pair; pair = strtok(NULL, "\t")) {
        char *value = strchr(pair, '=');
        if (!value) abort();
        *value++ = 0;
        setenv(pair, value, 1);
      }
      int null = (int)CALL(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR, 0);
      dup2(null, 0);
      dup2(null, 1);
      alarm(60);
      configure();
      return;
    }
    int status = -1;
    while (child > 0 && waitpid((pid_t)child, &status, 0) < 0 && errno == EINTR) continue;
    char reply[32];
    int size = snprintf(reply, sizeof reply, "%d\n", status);
    if (CALL(SYS_write, 1, reply, size, 0) != size) _exit(1);
  }
}

static int asks_to_serve(long number, long *a) {
  const char *name = number == SYS_openat ? (void *)a[1] : NULL;
#ifdef SYS_open
  if (number == SYS_open) name = (void *)a[0];
#endif
  return name && !strcmp(name, "/atlas-fork-server");
}

static void trapped(int signal, siginfo_t *info, void *context) {
  (void)signal;
  int kept = errno;
  ucontext_t *state = context;
  long number = info->si_syscall, result;
#if defined(__x86_64__)
  greg_t *r = state->uc_mcontext.gregs;
  long a[6] = {r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8], r[REG_R9]};
#else
  unsigned long long *r = state->uc_mcontext.regs;
  long a[6] = {(long)r[0], (long)r[1], (long)r[2], (long)r[3], (long)r[4], (long)r[5]};
#endif
  if (asks_to_serve(number, a)) {
    serve();
    result = -ENOENT;
  } else {
    /* One call at a time, so that the log has the order of the effects. */
    while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE)) sched_yield();
    result = perform(number, a);
    __atomic_clear(&busy, __ATOMIC_RELEASE);
  }
#if defined(__x86_64__)
  r[REG_RAX] = result;
#else
  r[0] = (unsigned long long)result;
#endif
  errno = kept;
}

__attribute__((constructor)) static void begin(void) {
  if (!getenv("ATLAS_FAULT_DIR") && !getenv("ATLAS_FAULT_SERVER")) return;
  configure();
  static const int calls[] = {
      SYS_write, SYS_pwrite64, SYS_writev, SYS_pwritev, SYS_pwritev2, SYS_ftruncate, SYS_truncate, SYS_fsync,
      SYS_fdatasync, SYS_fallocate, SYS_sync_file_range, SYS_fchmod, SYS_sendfile, SYS_copy_file_range, SYS_openat,
      SYS_unlinkat, SYS_mkdirat, SYS_renameat, SYS_renameat2, SYS_linkat, SYS_fchmodat,
#ifdef SYS_open
      SYS_open, SYS_creat, SYS_unlink, SYS_rmdir, SYS_mkdir, SYS_chmod, SYS_rename, SYS_link,
#endif
  };
  enum { COUNT_OF = sizeof calls / sizeof *calls };
  uint64_t after = (uint64_t)fault_after;
  struct sock_filter code[COUNT_OF + 16];
  int n = 0;
  code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int call = 0; call < COUNT_OF; call++)
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[call],
                                             (uint8_t)(COUNT_OF - call), 0);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer));
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)after, 0, 3);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4);
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(after >> 32), 0, 1);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
  struct sock_fprog program = {(unsigned short)n, code};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = trapped;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER;
  if (sigaction(SIGSYS, &action, NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
    perror("the fault shim cannot filter system calls");
    _exit(99);
  }
}
