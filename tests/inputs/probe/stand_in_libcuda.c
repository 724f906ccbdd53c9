/* A stand-in for libcuda.so.1 that keeps "device" memory on the host, for machines without a GPU.
 *
 * It has the driver's own prototypes, so a wrong argument type or order in the Python declarations shows here; it runs no
 * PTX (the launch adds up the words itself), and its times mean nothing. Build with -DREFUSE=code to refuse cuInit. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int CUresult;
typedef int CUdevice;
typedef unsigned long long CUdeviceptr;
typedef struct context { int device; } *CUcontext;
typedef void *CUstream, *CUmodule, *CUfunction;
typedef struct event { double at; } *CUevent;

static struct context contexts[2] = {{0}, {1}};
static CUcontext current;
static int live; /* allocations and handles not yet given back */

int stand_in_live(void) { return live; }

CUresult cuInit(unsigned flags)
{
#ifdef REFUSE
    (void)flags;
    return REFUSE;
#else
    return flags ? 1 : 0;
#endif
}
CUresult cuGetErrorName(CUresult code, const char **name)
{
    *name = code == 100 ? "CUDA_ERROR_NO_DEVICE" : code == 803 ? "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH" : "CUDA_ERROR_OTHER";
    return 0;
}
CUresult cuDeviceGetCount(int *count) { return *count = 2, 0; }
CUresult cuDeviceGet(CUdevice *device, int ordinal) { return *device = ordinal, ordinal < 0 || ordinal > 1; }
CUresult cuDeviceGetPCIBusId(char *text, int length, CUdevice device)
{
    const char *ids[] = {"0000:1B:00.0", "0000:5E:00.0"};
    if ((size_t)length <= strlen(ids[device]))
        return 1;
    strcpy(text, ids[device]);
    return 0;
}
CUresult cuDeviceGetAttribute(int *value, int attribute, CUdevice device)
{
    (void)device;
    return attribute == 16 ? (*value = 2, 0) : 1;
}
CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) { return *context = &contexts[device], live++, 0; }
CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) { return (void)device, live--, 0; }
CUresult cuCtxSetCurrent(CUcontext context) { return current = context, 0; }
CUresult cuMemGetInfo_v2(size_t *free_, size_t *total) { return *free_ = 256u << 20, *total = 512u << 20, current ? 0 : 201; }
CUresult cuMemAlloc_v2(CUdeviceptr *p, size_t size) { return *p = (uintptr_t)malloc(size), live++, current && *p ? 0 : 2; }
CUresult cuMemFree_v2(CUdeviceptr p) { return free((void *)(uintptr_t)p), live--, 0; }
CUresult cuMemHostAlloc(void **p, size_t size, unsigned flags) { return *p = malloc(size), live++, flags || !*p; }
CUresult cuMemFreeHost(void *p) { return free(p), live--, 0; }
CUresult cuMemsetD32_v2(CUdeviceptr p, unsigned value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ((unsigned *)(uintptr_t)p)[i] = value;
    return 0;
}
CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t size, CUstream stream)
{
    return memcpy((void *)(uintptr_t)to, from, size), !stream;
}
CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t size, CUstream stream)
{
    return memcpy(to, (void *)(uintptr_t)from, size), !stream;
}
CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t size, CUstream stream)
{
    return memcpy((void *)(uintptr_t)to, (void *)(uintptr_t)from, size), !stream;
}
CUresult cuMemcpyPeerAsync(CUdeviceptr to, CUcontext a, CUdeviceptr from, CUcontext b, size_t size, CUstream stream)
{
    memcpy((void *)(uintptr_t)to, (void *)(uintptr_t)from, size);
    return a == b || !stream;
}
CUresult cuDeviceCanAccessPeer(int *can, CUdevice device, CUdevice peer) { return *can = device != peer, 0; }
CUresult cuCtxEnablePeerAccess(CUcontext peer, unsigned flags) { return flags || peer == current ? 1 : 704; }
CUresult cuStreamCreate(CUstream *stream, unsigned flags) { return *stream = malloc(1), live++, flags != 1; }
CUresult cuStreamDestroy_v2(CUstream stream) { return free(stream), live--, 0; }
CUresult cuStreamSynchronize(CUstream stream) { return !stream; }
CUresult cuEventCreate(CUevent *event, unsigned flags) { return *event = calloc(1, sizeof **event), live++, flags != 0; }
CUresult cuEventDestroy_v2(CUevent event) { return free(event), live--, 0; }
CUresult cuEventRecord(CUevent event, CUstream stream)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    event->at = (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
    return !stream;
}
CUresult cuEventElapsedTime(float *ms, CUevent begun, CUevent ended)
{
    return *ms = (float)(ended->at - begun->at) + 1e-3f, 0;
}
CUresult cuModuleLoadData(CUmodule *module, const void *image)
{
    if (!strstr(image, ".entry read_sum(.param .u64 source, .param .u64 vectors, .param .u64 sink)"))
        return 218;
    return *module = malloc(1), live++, 0;
}
CUresult cuModuleUnload(CUmodule module) { return free(module), live--, 0; }
CUresult cuModuleGetFunction(CUfunction *f, CUmodule module, const char *name)
{
    return *f = module, strcmp(name, "read_sum") ? 500 : 0;
}
CUresult cuLaunchKernel(CUfunction f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                        unsigned shared, CUstream stream, void **arguments, void **extra)
{
    if (!f || gx != 8 || gy != 1 || gz != 1 || bx != 512 || by != 1 || bz != 1 || shared || !stream || extra)
        return 1;
    const unsigned *words = (const unsigned *)(uintptr_t) * (CUdeviceptr *)arguments[0];
    unsigned long long const vectors = *(unsigned long long *)arguments[1];
    unsigned *sink = (unsigned *)(uintptr_t) * (CUdeviceptr *)arguments[2];
    for (unsigned long long i = 0; i < vectors * 4; i++)
        *sink += words[i];
#ifdef WRONG_SUM
    *sink += 1;
#endif
    return 0;
}
