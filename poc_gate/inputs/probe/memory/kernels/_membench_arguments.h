/* Arguments of the binding: the arena that Python holds, and tasks with every range checked.
 * Part of _membench.c, kept apart so that each file shows one idea. */
#ifndef POC_GATE_MEMBENCH_ARGUMENTS_H
#define POC_GATE_MEMBENCH_ARGUMENTS_H

#include <Python.h>

#include <errno.h>

#include "membench_kernels.h"

#define CAPSULE "poc_gate.inputs.probe.memory._membench.arena"
#define MOST_THREADS 4096

typedef struct {
    mb_arena arena;
    int busy;          /* calls that use it without the interpreter lock */
    size_t chase_from; /* where the chase lies; nothing when chase_to is 0 */
    size_t chase_to;
    uintptr_t position;
} holder;

static void forget(PyObject *capsule)
{
    holder *held = PyCapsule_GetPointer(capsule, CAPSULE);
    if (held) {
        mb_arena_unmap(&held->arena);
        PyMem_Free(held);
    }
}

static holder *held_by(PyObject *capsule)
{
    holder *held = PyCapsule_GetPointer(capsule, CAPSULE);
    if (held && !held->arena.mapping) {
        PyErr_SetString(PyExc_ValueError, "the arena has been freed");
        return NULL;
    }
    return held;
}

static PyObject *raise_errno(int code)
{
    if (code == ENOMEM)
        return PyErr_NoMemory();
    errno = code;
    return PyErr_SetFromErrno(PyExc_OSError);
}

static int range_fits(const holder *held, Py_ssize_t offset, Py_ssize_t bytes)
{
    size_t const whole = held->arena.bytes;
    if (offset < 0 || bytes <= 0 || offset % MB_LINE || bytes % MB_GRANULE || (size_t)offset > whole ||
        (size_t)bytes > whole - (size_t)offset) {
        PyErr_SetString(PyExc_ValueError, "a range is empty, misaligned or outside the arena");
        return 0;
    }
    return 1;
}

/* Reads one (cpu, a, b, c, bytes); every array an operation touches must lie inside the arena. */
static int read_task(const holder *held, PyObject *item, int arrays, mb_task *task)
{
    Py_ssize_t a, b, c, bytes;
    if (!PyTuple_Check(item)) {
        PyErr_SetString(PyExc_TypeError, "a task is a tuple (cpu, a, b, c, bytes)");
        return 0;
    }
    if (!PyArg_ParseTuple(item, "innnn", &task->cpu, &a, &b, &c, &bytes))
        return 0;
    if (task->cpu < -1 || task->cpu >= 1 << 20) {
        PyErr_SetString(PyExc_ValueError, "a CPU number is out of range");
        return 0;
    }
    if (((arrays & 1) && !range_fits(held, a, bytes)) || ((arrays & 2) && !range_fits(held, b, bytes)) ||
        ((arrays & 4) && !range_fits(held, c, bytes)))
        return 0;
    char *const start = held->arena.start;
    task->a = arrays & 1 ? start + a : NULL;
    task->b = arrays & 2 ? start + b : NULL;
    task->c = arrays & 4 ? start + c : NULL;
    task->bytes = (size_t)bytes;
    return 1;
}

/* A chase that a write has run over would lead anywhere: forget it. */
static void spoil_chase(holder *held, const mb_task *task)
{
    if (!held->chase_to || !task->a)
        return;
    size_t const from = (size_t)(task->a - held->arena.start);
    if (from < held->chase_to && held->chase_from < from + task->bytes)
        held->chase_to = 0;
}

/* Returns a new array of tasks (free with PyMem_Free) or NULL with an exception set. */
static mb_task *read_tasks(holder *held, PyObject *sequence, int arrays, int *count)
{
    Py_ssize_t const size = PySequence_Size(sequence);
    if (size < 0)
        return NULL;
    if (size > MOST_THREADS) {
        PyErr_SetString(PyExc_ValueError, "too many tasks");
        return NULL;
    }
    mb_task *tasks = PyMem_Calloc((size_t)size + 1, sizeof *tasks);
    if (!tasks) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
        PyObject *item = PySequence_GetItem(sequence, i);
        int const good = item && read_task(held, item, arrays, &tasks[i]);
        Py_XDECREF(item);
        if (!good) {
            PyMem_Free(tasks);
            return NULL;
        }
        spoil_chase(held, &tasks[i]);
    }
    *count = (int)size;
    return tasks;
}

static int arrays_of(const mb_variant *variant)
{
    switch (variant->operation) {
    case MB_READ: return 2;
    case MB_WRITE: return 1;
    case MB_COPY: return 3;
    default: return 7;
    }
}

static const mb_variant *variant_numbered(int index)
{
    const mb_variant *variant = mb_variant_at(index);
    if (!variant)
        PyErr_SetString(PyExc_ValueError, "no such kernel variant");
    return variant;
}

#endif
