/*
 * Joins two named network namespaces by a TUN device in each and passes packets on after a fixed delay:
 * a stand-in for netem where the kernel has none.
 *
 *   delay-router NAMESPACE-A DEVICE-A NAMESPACE-B DEVICE-B ONE-WAY-DELAY-MS
 *
 * Says "ready" when both devices are there; the caller gives them addresses. Runs until it is killed.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define SLOTS 65536
#define LARGEST 65536
#define BURST 256

struct packet {
  long long due;
  size_t length;
  unsigned char *bytes;
};

/* One queue a direction. The delay is constant, so packets leave in the order in which they came. */
struct queue {
  struct packet slots[SLOTS];
  unsigned first, next;
};

static struct queue queues[2];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int open_device(const char *name_space, const char *device) {
  char path[256];
  snprintf(path, sizeof path, "/run/netns/%s", name_space);
  int handle = open(path, O_RDONLY | O_CLOEXEC);
  if (handle < 0 || setns(handle, CLONE_NEWNET) != 0) fail(path);
  close(handle);
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tun < 0) fail("/dev/net/tun");
  struct ifreq request = {0};
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  snprintf(request.ifr_name, IFNAMSIZ, "%s", device);
  if (ioctl(tun, TUNSETIFF, &request) != 0) fail("TUNSETIFF");
  return tun;
}

static void take_in(struct queue *queue, int from, long long delay) {
  static unsigned char buffer[LARGEST];
  for (int count = 0; count < BURST; count++) {
    ssize_t length = read(from, buffer, sizeof buffer);
    if (length <= 0) return;
    if (queue->next - queue->first == SLOTS) continue;
    struct packet *packet = &queue->slots[queue->next++ % SLOTS];
    packet->due = now() + delay;
    packet->length = (size_t)length;
    packet->bytes = malloc(packet->length);
    if (packet->bytes == NULL) fail("malloc");
    memcpy(packet->bytes, buffer, packet->length);
  }
}

/* Sends what is due; returns when the next packet is, or 0 if none waits. */
static long long send_due(struct queue *queue, int to) {
  while (queue->first != queue->next) {
    struct packet *packet = &queue->slots[queue->first % SLOTS];
    if (packet->due > now()) return packet->due;
    if (write(to, packet->bytes, packet->length) < 0) { /* The device is down: the packet is lost, as on a wire. */ }
    free(packet->bytes);
    queue->first++;
  }
  return 0;
}

int main(int count, char **arguments) {
  if (count != 6) {
    fprintf(stderr, "usage: delay-router NAMESPACE-A DEVICE-A NAMESPACE-B DEVICE-B ONE-WAY-DELAY-MS\n");
    return 2;
  }
  int tun[2] = {open_device(arguments[1], arguments[2]), open_device(arguments[3], arguments[4])};
  long long delay = (long long)(atof(arguments[5]) * 1e6);
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    long long next = 0;
    for (int direction = 0; direction < 2; direction++) {
      long long due = send_due(&queues[direction], tun[1 - direction]);
      if (due != 0 && (next == 0 || due < next)) next = due;
    }
    long long wait = next == 0 ? -1 : next - now();
    struct timespec timeout = {wait / 1000000000LL, wait % 1000000000LL};
    if (wait < 0 && next != 0) timeout = (struct timespec){0, 0};
    struct pollfd polled[2] = {{tun[0], POLLIN, 0}, {tun[1], POLLIN, 0}};
    if (ppoll(polled, 2, next == 0 ? NULL : &timeout, NULL) < 0) continue;
    for (int direction = 0; direction < 2; direction++) {
      if (polled[direction].revents & POLLIN) take_in(&queues[direction], tun[direction], delay);
    }
  }
}
