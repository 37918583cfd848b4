/* A library for LD_PRELOAD that simulates a bad disk for the files below BAD_DISK_DIR. While the file
   BAD_DISK_SLOW exists, each read, write and sync is delayed. While BAD_DISK_FULL exists, each write
   fails with ENOSPC. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { READ_MILLIS = 2, WRITE_MILLIS = 20, SYNC_MILLIS = 300 };

static int is_set(const char *name) {
  const char *path = getenv(name);
  return path != NULL && access(path, F_OK) == 0;
}

static int is_on_disk(int file) {
  const char *directory = getenv("BAD_DISK_DIR");
  char link[40], path[4096];
  ssize_t length;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  length = directory == NULL ? -1 : readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, directory, strlen(directory)) == 0;
}

/* Delays the call if the disk is slow. Returns 0, with errno set, if the call must fail. */
static int pass(int file, long millis, int grows) {
  int is_slow = is_set("BAD_DISK_SLOW"), is_full = grows && is_set("BAD_DISK_FULL");
  if ((!is_slow && !is_full) || !is_on_disk(file)) return 1;
  if (is_slow) {
    struct timespec pause = {millis / 1000, millis % 1000 * 1000000};
    nanosleep(&pause, NULL);
  }
  if (is_full) errno = ENOSPC;
  return !is_full;
}

#define BAD(result, name, millis, grows, parameters, arguments)   \
  result name parameters {                                        \
    static result(*real) parameters;                              \
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, #name);  \
    return pass(file, millis, grows) ? real arguments : -1;       \
  }

BAD(ssize_t, read, READ_MILLIS, 0, (int file, void *to, size_t size), (file, to, size))
BAD(ssize_t, pread, READ_MILLIS, 0, (int file, void *to, size_t size, off_t at), (file, to, size, at))
BAD(ssize_t, pread64, READ_MILLIS, 0, (int file, void *to, size_t size, off64_t at), (file, to, size, at))
BAD(ssize_t, write, WRITE_MILLIS, 1, (int file, const void *from, size_t size), (file, from, size))
BAD(ssize_t, pwrite, WRITE_MILLIS, 1, (int file, const void *from, size_t size, off_t at), (file, from, size, at))
BAD(ssize_t, pwrite64, WRITE_MILLIS, 1, (int file, const void *from, size_t size, off64_t at), (file, from, size, at))
BAD(ssize_t, writev, WRITE_MILLIS, 1, (int file, const struct iovec *from, int count), (file, from, count))
BAD(int, fsync, SYNC_MILLIS, 0, (int file), (file))
BAD(int, fdatasync, SYNC_MILLIS, 0, (int file), (file))
