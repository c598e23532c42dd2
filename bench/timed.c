/*
 * Runs a program and writes what it took as one line of JSON to a file: wall time, processor time of it and of what
 * it waited for, and its largest resident set. Ends it after a limit.
 *
 *   timed FILE LIMIT-SECONDS PROGRAM [ARGUMENT...]
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static void too_long(int signal) {
  (void)signal;
  kill(child, SIGKILL);
}

static double milliseconds(struct timeval time) { return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3; }

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  double began = now();
  child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execvp(argv[3], argv + 3);
    perror(argv[3]);
    _exit(127);
  }
  signal(SIGALRM, too_long);
  alarm((unsigned)atoi(argv[2]));
  int status = 0;
  struct rusage used = {0};
  while (wait4(child, &status, 0, &used) < 0) {}
  double wall = now() - began;
  FILE *file = fopen(argv[1], "w");
  if (file == NULL) return 2;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  fprintf(file, "{\"wallMs\":%.3f,\"userMs\":%.3f,\"systemMs\":%.3f,\"peakKiB\":%ld,\"status\":%d}\n", wall,
          milliseconds(used.ru_utime), milliseconds(used.ru_stime), used.ru_maxrss, code);
  fclose(file);
  return code;
}
