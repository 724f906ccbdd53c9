/* How the threads of one measurement begin and end together; shared by membench_kernels.c and membench_chase.c. */
#ifndef POC_GATE_MEMBENCH_THREADS_H
#define POC_GATE_MEMBENCH_THREADS_H

#include <pthread.h>
#include <stdatomic.h>

#include "membench_kernels.h"

typedef struct {
    atomic_int waiting; /* threads that have not arrived yet */
    atomic_int abandon; /* a thread could not be created: nobody starts */
    atomic_int stop;    /* the chase has ended: streaming threads leave */
} mb_gate;

typedef struct {
    mb_gate *gate;
    const mb_variant *variant; /* NULL: fill */
    mb_task task;
    long passes; /* 0: until gate->stop */
    double value;
    /* results */
    double begun, ended;
    double bytes_done;
    uint64_t sum;
    int unpinned;
    pthread_t thread;
} mb_worker;

/* Monotonic time in nanoseconds. */
double mb_now(void);

/* Pins the calling thread; 0 when done, 1 where the system has no such call or refuses. */
int mb_pin(int cpu);

/* Waits until every thread is pinned and awake. It spins, because a sleeping thread takes tens of microseconds to
 * wake, and yields now and then, because two of the threads may share one CPU. 0 when the work may begin. */
int mb_arrive(mb_gate *gate);

/* Starts `count` workers; on failure those already started leave without working. 0 or errno. */
int mb_start(mb_worker *workers, int count, mb_gate *gate);

#endif
