/* Binding of the memory kernels for Python, limited API (one build serves every version from 3.11).
 * It parses, checks every range, releases the interpreter lock, calls, and builds the result; the work is in
 * membench_kernels.c. A range that does not fit raises ValueError, so no caller can reach foreign memory. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "_membench_arguments.h"

static PyObject *arena_new(PyObject *module, PyObject *args)
{
    Py_ssize_t bytes;
    int pages;
    (void)module;
    if (!PyArg_ParseTuple(args, "ni", &bytes, &pages))
        return NULL;
    if (bytes <= 0 || bytes % MB_GRANULE || pages < MB_PAGES_DEFAULT || pages > MB_PAGES_SMALL) {
        PyErr_SetString(PyExc_ValueError, "arena_new needs a positive multiple of 4096 bytes and pages 0, 1 or 2");
        return NULL;
    }
    holder *held = PyMem_Calloc(1, sizeof *held);
    if (!held)
        return PyErr_NoMemory();
    int const failed = mb_arena_map(&held->arena, (size_t)bytes, (enum mb_pages)pages);
    if (failed) {
        PyMem_Free(held);
        return raise_errno(failed);
    }
    PyObject *capsule = PyCapsule_New(held, CAPSULE, forget);
    if (!capsule) {
        mb_arena_unmap(&held->arena);
        PyMem_Free(held);
    }
    return capsule;
}

static PyObject *arena_free(PyObject *module, PyObject *capsule)
{
    (void)module;
    holder *held = held_by(capsule);
    if (!held)
        return NULL;
    if (held->busy) {
        PyErr_SetString(PyExc_RuntimeError, "the arena is in use");
        return NULL;
    }
    mb_arena_unmap(&held->arena);
    Py_RETURN_NONE;
}

static PyObject *arena_describe(PyObject *module, PyObject *capsule)
{
    (void)module;
    holder *held = held_by(capsule);
    if (!held)
        return NULL;
    return Py_BuildValue("KnI", (unsigned long long)(uintptr_t)held->arena.start, (Py_ssize_t)held->arena.bytes,
                         (unsigned int)held->arena.advised);
}

static PyObject *fill(PyObject *module, PyObject *args)
{
    PyObject *capsule, *sequence;
    double value;
    int count = 0;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOd", &capsule, &sequence, &value))
        return NULL;
    holder *held = held_by(capsule);
    mb_task *tasks = held ? read_tasks(held, sequence, 1, &count) : NULL;
    if (!tasks)
        return NULL;
    int failed;
    held->busy++;
    Py_BEGIN_ALLOW_THREADS
    failed = mb_fill(tasks, count, value);
    Py_END_ALLOW_THREADS
    held->busy--;
    PyMem_Free(tasks);
    if (failed)
        return raise_errno(failed);
    Py_RETURN_NONE;
}

static PyObject *run(PyObject *module, PyObject *args)
{
    PyObject *capsule, *sequence;
    int index, count = 0;
    long passes;
    (void)module;
    if (!PyArg_ParseTuple(args, "OiOl", &capsule, &index, &sequence, &passes))
        return NULL;
    holder *held = held_by(capsule);
    const mb_variant *variant = held ? variant_numbered(index) : NULL;
    if (!variant)
        return NULL;
    if (passes < 1) {
        PyErr_SetString(PyExc_ValueError, "at least one pass");
        return NULL;
    }
    mb_task *tasks = read_tasks(held, sequence, arrays_of(variant), &count);
    if (!tasks)
        return NULL;
    mb_timing timing;
    int failed;
    held->busy++;
    Py_BEGIN_ALLOW_THREADS
    failed = mb_run(variant, tasks, count, passes, &timing);
    Py_END_ALLOW_THREADS
    held->busy--;
    PyMem_Free(tasks);
    if (failed)
        return raise_errno(failed);
    return Py_BuildValue("dKi", timing.nanoseconds, (unsigned long long)timing.sum, timing.unpinned);
}

static PyObject *mismatches(PyObject *module, PyObject *args)
{
    PyObject *capsule;
    Py_ssize_t offset, bytes;
    double value;
    (void)module;
    if (!PyArg_ParseTuple(args, "Onnd", &capsule, &offset, &bytes, &value))
        return NULL;
    holder *held = held_by(capsule);
    if (!held || !range_fits(held, offset, bytes))
        return NULL;
    size_t wrong;
    held->busy++;
    Py_BEGIN_ALLOW_THREADS
    wrong = mb_mismatches(held->arena.start + offset, (size_t)bytes, value);
    Py_END_ALLOW_THREADS
    held->busy--;
    return PyLong_FromSize_t(wrong);
}

static PyObject *chase_build(PyObject *module, PyObject *args)
{
    PyObject *capsule;
    Py_ssize_t slots, stride;
    (void)module;
    if (!PyArg_ParseTuple(args, "Onn", &capsule, &slots, &stride))
        return NULL;
    holder *held = held_by(capsule);
    if (!held)
        return NULL;
    if (slots < 2 || (slots & (slots - 1)) || stride < (Py_ssize_t)MB_LINE || stride % MB_LINE ||
        (size_t)slots > held->arena.bytes / (size_t)stride) {
        PyErr_SetString(PyExc_ValueError, "a chase needs a power of two of slots that fit, of whole cache lines");
        return NULL;
    }
    held->chase_to = 0;
    held->busy++;
    Py_BEGIN_ALLOW_THREADS
    mb_chase_build(held->arena.start, (size_t)slots, (size_t)stride);
    Py_END_ALLOW_THREADS
    held->busy--;
    held->chase_from = 0;
    held->chase_to = (size_t)slots * (size_t)stride;
    held->position = 0;
    Py_RETURN_NONE;
}

static PyObject *chase(PyObject *module, PyObject *args)
{
    PyObject *capsule, *sequence;
    int cpu, index, count = 0;
    long loads;
    (void)module;
    if (!PyArg_ParseTuple(args, "OiliO", &capsule, &cpu, &loads, &index, &sequence))
        return NULL;
    holder *held = held_by(capsule);
    const mb_variant *reader = held ? variant_numbered(index) : NULL;
    if (!reader)
        return NULL;
    if (!held->chase_to || loads < 8 || loads % 8 || reader->operation != MB_READ || cpu < -1 || cpu >= 1 << 20) {
        PyErr_SetString(PyExc_ValueError, "a chase must be built first, follow a multiple of 8 loads, beside readers");
        return NULL;
    }
    mb_task *tasks = read_tasks(held, sequence, 2, &count);
    if (!tasks)
        return NULL;
    mb_chase_timing timing;
    int failed;
    held->busy++;
    Py_BEGIN_ALLOW_THREADS
    failed = mb_chase(held->arena.start, &held->position, cpu, loads, reader, tasks, count, &timing);
    Py_END_ALLOW_THREADS
    held->busy--;
    PyMem_Free(tasks);
    if (failed)
        return raise_errno(failed);
    return Py_BuildValue("dddi", timing.nanoseconds, timing.stream_bytes, timing.stream_seconds, timing.unpinned);
}

static PyObject *variants(PyObject *module, PyObject *unused)
{
    static const char *const operations[] = {"read",        "write",       "copy",       "triad",
                                             "matrix_fp32", "matrix_bf16", "matrix_int8"};
    (void)module, (void)unused;
    int const count = mb_variant_count();
    PyObject *rows = PyTuple_New(count);
    for (int i = 0; rows && i < count; i++) {
        const mb_variant *v = mb_variant_at(i);
        PyObject *full = Py_BuildValue("isssii", i, operations[v->operation], v->isa, v->name, v->streams,
                                       v->non_temporal);
        if (!full || PyTuple_SetItem(rows, i, full) < 0) {
            Py_DECREF(rows);
            return NULL;
        }
    }
    return rows;
}

static PyMethodDef methods[] = {
    {"variants", variants, METH_NOARGS, NULL},
    {"arena_new", arena_new, METH_VARARGS, NULL},
    {"arena_free", arena_free, METH_O, NULL},
    {"arena_describe", arena_describe, METH_O, NULL},
    {"fill", fill, METH_VARARGS, NULL},
    {"run", run, METH_VARARGS, NULL},
    {"mismatches", mismatches, METH_VARARGS, NULL},
    {"chase_build", chase_build, METH_VARARGS, NULL},
    {"chase", chase, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static int describe_module(PyObject *module)
{
#if defined(__VERSION__)
    return PyModule_AddStringConstant(module, "COMPILER", __VERSION__);
#else
    return PyModule_AddStringConstant(module, "COMPILER", "unknown");
#endif
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)describe_module}, {0, NULL}};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_membench",
    .m_doc = "Memory kernels; the stub _membench.pyi documents them.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__membench(void)
{
    return PyModuleDef_Init(&definition);
}
