/*
 * The limit of the machine: DNS, TCP, TLS with chain and name verification, GET, whole response, close, by epoll and
 * OpenSSL in one thread with one context.
 *
 *   c-prober COUNT AT-ONCE CA-FILE DNS-SERVER
 *
 * Probes n0.farm.test to n(COUNT-1).farm.test on port 443. Prints "OK COUNT"; ends with 1 if a probe failed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define STALL_MS 10000

enum stage { RESOLVING, CONNECTING, SHAKING_HANDS, READING };

struct probe {
  int socket;
  enum stage stage;
  SSL *session;
  char host[64];
  size_t received;
};

static struct probe *probes;
static int count, at_once, started, running, passed, failed;
static int events, resolver;
static SSL_CTX *context;

static void start_more(void);

static void end(struct probe *probe, int good) {
  if (good) passed++;
  else failed++;
  running--;
  SSL_free(probe->session);
  if (probe->socket >= 0) close(probe->socket);
  start_more();
}

static void await(struct probe *probe, unsigned wanted, int operation) {
  struct epoll_event event = {.events = wanted, .data.ptr = probe};
  epoll_ctl(events, operation, probe->socket, &event);
}

/* One A question; its id is the number of the probe in its low 16 bits. */
static void ask(struct probe *probe) {
  unsigned char query[128] = {0};
  unsigned id = (unsigned)(probe - probes) & 0xffff;
  query[0] = id >> 8;
  query[1] = id & 0xff;
  query[2] = 1;
  query[5] = 1;
  size_t at = 12;
  for (const char *label = probe->host; *label != 0;) {
    const char *dot = strchrnul(label, '.');
    size_t length = (size_t)(dot - label);
    query[at++] = (unsigned char)length;
    memcpy(query + at, label, length);
    at += length;
    label = *dot ? dot + 1 : dot;
  }
  at++;
  query[at + 1] = 1;
  query[at + 3] = 1;
  probe->stage = RESOLVING;
  if (send(resolver, query, at + 4, 0) < 0) end(probe, 0);
}

static void dial(struct probe *probe, uint32_t address) {
  int on = 1;
  struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(443), .sin_addr.s_addr = address};
  probe->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(probe->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  probe->stage = CONNECTING;
  if (connect(probe->socket, (void *)&peer, sizeof peer) != 0 && errno != EINPROGRESS) end(probe, 0);
  else await(probe, EPOLLOUT, EPOLL_CTL_ADD);
}

static void start_more(void) {
  while (running < at_once && started < count) {
    struct probe *probe = &probes[started];
    snprintf(probe->host, sizeof probe->host, "n%d.farm.test", started++);
    probe->socket = -1;
    running++;
    ask(probe);
  }
}

/* Goes on waiting if OpenSSL wants to; otherwise the probe is over. */
static void want(struct probe *probe, int result, int good) {
  int why = SSL_get_error(probe->session, result);
  if (why == SSL_ERROR_WANT_READ) await(probe, EPOLLIN, EPOLL_CTL_MOD);
  else if (why == SSL_ERROR_WANT_WRITE) await(probe, EPOLLOUT, EPOLL_CTL_MOD);
  else end(probe, good);
}

static void advance(struct probe *probe) {
  if (probe->stage == CONNECTING) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(probe->socket, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
      end(probe, 0);
      return;
    }
    probe->session = SSL_new(context);
    SSL_set_fd(probe->session, probe->socket);
    SSL_set_tlsext_host_name(probe->session, probe->host);
    SSL_set1_host(probe->session, probe->host);
    SSL_set_connect_state(probe->session);
    probe->stage = SHAKING_HANDS;
  }
  if (probe->stage == SHAKING_HANDS) {
    int result = SSL_do_handshake(probe->session);
    if (result != 1) {
      want(probe, result, 0);
      return;
    }
    char request[160];
    int length = snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", probe->host);
    SSL_write(probe->session, request, length);
    probe->stage = READING;
  }
  char bytes[4096];
  int result;
  while ((result = SSL_read(probe->session, bytes, sizeof bytes)) > 0) probe->received += (size_t)result;
  want(probe, result, probe->received > 0);
}

/* The farm's answers hold one record, whose address is at their end (EDNS is not asked for). */
static void resolved(void) {
  unsigned char answer[512];
  ssize_t length;
  while ((length = recv(resolver, answer, sizeof answer, 0)) > 16) {
    unsigned id = (unsigned)answer[0] << 8 | answer[1];
    for (int at = (int)id; at < started; at += 65536) {
      struct probe *probe = &probes[at];
      if (probe->stage != RESOLVING || probe->socket >= 0) continue;
      uint32_t address;
      memcpy(&address, answer + length - 4, 4);
      if (answer[7] == 1) dial(probe, address);
      else end(probe, 0);
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: c-prober COUNT AT-ONCE CA-FILE DNS-SERVER\n");
    return 2;
  }
  count = atoi(argv[1]);
  at_once = atoi(argv[2]);
  probes = calloc((size_t)count, sizeof *probes);
  context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (SSL_CTX_load_verify_locations(context, argv[3], NULL) != 1) return 2;
  events = epoll_create1(0);
  resolver = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  int room = 4 << 20;
  setsockopt(resolver, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(53)};
  inet_pton(AF_INET, argv[4], &server.sin_addr);
  if (connect(resolver, (void *)&server, sizeof server) != 0) return 2;
  struct epoll_event asked = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(events, EPOLL_CTL_ADD, resolver, &asked);
  start_more();
  struct epoll_event ready[256];
  while (running > 0) {
    int number = epoll_wait(events, ready, 256, STALL_MS);
    if (number <= 0) break;
    for (int at = 0; at < number; at++) {
      if (ready[at].data.ptr == NULL) resolved();
      else advance(ready[at].data.ptr);
    }
  }
  printf("OK %d\n", passed);
  return passed == count && failed == 0 ? 0 : 1;
}
