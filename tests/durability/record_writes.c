/* Preloaded into a program: records what it writes below RECORD_FOLDER, in order, to the file RECORD_TO.
   A record: one letter (W write, S sync, T truncate, U unlink), then path length, offset and data length as
   64-bit integers, the path, the data. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int out = -1;

static void record(char what, const char *path, int64_t offset, const void *data, int64_t length) {
    const char *folder = getenv("RECORD_FOLDER"), *to = getenv("RECORD_TO");
    if (!folder || !to || strncmp(path, folder, strlen(folder))) return;
    if (out < 0) out = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int64_t size = 1 + 24 + (int64_t)strlen(path) + length;
    char *all = malloc(size), *at = all;
    int64_t numbers[3] = {(int64_t)strlen(path), offset, length};
    *at++ = what;
    memcpy(at, numbers, 24); at += 24;
    memcpy(at, path, numbers[0]); at += numbers[0];
    if (length) memcpy(at, data, length);
    if (syscall(SYS_write, out, all, size) != size) abort();
    free(all);
}

static void record_handle(char what, int handle, int64_t offset, const void *data, int64_t length) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return;
    path[size] = 0;
    record(what, path, offset, data, length);
}

ssize_t pwrite64(int handle, const void *data, size_t length, off64_t offset) {
    ssize_t done = syscall(SYS_pwrite64, handle, data, length, offset);
    if (done > 0) record_handle('W', handle, offset, data, done);
    return done;
}

ssize_t write(int handle, const void *data, size_t length) {
    off64_t offset = lseek64(handle, 0, SEEK_CUR);
    ssize_t done = syscall(SYS_write, handle, data, length);
    if (done > 0 && offset >= 0) record_handle('W', handle, offset, data, done);
    return done;
}

int fsync(int handle) {
    int done = syscall(SYS_fsync, handle);
    record_handle('S', handle, 0, 0, 0);
    return done;
}

int fdatasync(int handle) {
    int done = syscall(SYS_fdatasync, handle);
    record_handle('S', handle, 0, 0, 0);
    return done;
}

int ftruncate64(int handle, off64_t length) {
    int done = syscall(SYS_ftruncate, handle, length);
    record_handle('T', handle, length, 0, 0);
    return done;
}

int unlink(const char *path) {
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!done) record('U', path, 0, 0, 0);
    return done;
}
