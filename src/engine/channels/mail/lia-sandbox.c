/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sandbox.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * What a process that reads hostile bytes gives up: memory and time beyond a limit, new rights, the network, other programs, and all files
 * but the libraries (the C library loads its character sets while it runs). What a kernel does not know is left out: the limits
 * are the promise, the rest is a second belt. The sanitizers need what is given up here, so under them only the time is limited.
 */

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER TRUE
#else
#define UNDER_SANITIZER FALSE
#endif

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE)

static void
limit (int   resource,
       gsize value)
{
  struct rlimit limits = { value, value };

  setrlimit (resource, &limits);
}

static void
confine_files (void)
{
  static const char *const readable[] = { "/usr", "/lib", "/lib64", "/app", "/etc/ld.so.cache" };
  /* All of the first version of the interface: 13 rights, from EXECUTE to MAKE_SYM. */
  struct landlock_ruleset_attr attributes = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
  int                          ruleset = (int)syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0);

  if (ruleset < 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      struct landlock_path_beneath_attr rule = { .parent_fd = open (readable[i], O_PATH | O_CLOEXEC), .allowed_access = READING };

      if (rule.parent_fd < 0)
        continue;

      if (syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        {
          /* a file, not a folder */
          rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
          syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        }

      close (rule.parent_fd);
    }

  syscall (SYS_landlock_restrict_self, ruleset, 0);
  close (ruleset);
}

#define DENY(name) \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1 /* EPERM */)

static void
deny_calls (void)
{
  struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    DENY (socket),
    DENY (connect),
    DENY (bind),
    DENY (execve),
    DENY (execveat),
    DENY (ptrace),
    DENY (process_vm_readv),
    DENY (process_vm_writev),
    DENY (io_uring_setup),
    DENY (bpf),
    DENY (mount),
    DENY (unshare),
    DENY (setns),
    DENY (keyctl),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { .len = G_N_ELEMENTS (filter), .filter = filter };

  prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/**
 * lia_sandbox_enter:
 * @max_memory: of address space, bytes
 *
 * For good. To be called before the first foreign byte is read, with all descriptors open that will be needed.
 */
void
lia_sandbox_enter (gsize max_memory)
{
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);

  if (UNDER_SANITIZER)
    return;

  prctl (PR_SET_DUMPABLE, 0);
  limit (RLIMIT_AS, max_memory);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_FSIZE, 0);
  confine_files ();
  deny_calls ();
}

/** lia_sandbox_limit_cpu: from now on, so much of processor time; then the kernel ends the process. */
void
lia_sandbox_limit_cpu (guint seconds)
{
  struct rusage used;
  struct rlimit limits = { 0, RLIM_INFINITY };

  getrusage (RUSAGE_SELF, &used);
  limits.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds + 1;
  setrlimit (RLIMIT_CPU, &limits);
}
