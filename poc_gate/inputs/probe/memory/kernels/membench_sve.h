/* SVE loops: vectors whose length the processor decides, so they cannot share membench_loops.h.
 * Included by membench_variants.c on aarch64 Linux only. */
#include <arm_sve.h>
#include <sys/auxv.h>

#define MB_SVE __attribute__((target("+sve")))

static int mb_has_sve(void)
{
    return (getauxval(AT_HWCAP) & (1ul << 22)) != 0; /* HWCAP_SVE of the kernel's arm64 ABI */
}

MB_SVE static uint64_t read_sve(char *a, const char *b, const char *c, size_t bytes)
{
    (void)a, (void)c;
    const uint64_t *words = (const uint64_t *)(const void *)b;
    uint64_t const count = bytes / 8, lanes = svcntd();
    svbool_t const all = svptrue_b64();
    svuint64_t s0 = svdup_u64(0), s1 = s0, s2 = s0, s3 = s0;
    uint64_t i = 0;
    for (; i + 4 * lanes <= count; i += 4 * lanes) {
        s0 = svadd_x(all, s0, svld1(all, words + i));
        s1 = svadd_x(all, s1, svld1(all, words + i + lanes));
        s2 = svadd_x(all, s2, svld1(all, words + i + 2 * lanes));
        s3 = svadd_x(all, s3, svld1(all, words + i + 3 * lanes));
    }
    for (; i < count; i += lanes) {
        svbool_t const part = svwhilelt_b64(i, count);
        s0 = svadd_m(part, s0, svld1(part, words + i));
    }
    return svaddv(all, svadd_x(all, svadd_x(all, s0, s1), svadd_x(all, s2, s3)));
}

#define MB_SVE_WRITE(name, store)                                                                  \
    MB_SVE static uint64_t name(char *a, const char *b, const char *c, size_t bytes)               \
    {                                                                                              \
        (void)b, (void)c;                                                                          \
        double *to = (double *)(void *)a;                                                          \
        uint64_t const count = bytes / 8;                                                          \
        svfloat64_t const one = svdup_f64(MB_START);                                               \
        for (uint64_t i = 0; i < count; i += svcntd())                                             \
            store(svwhilelt_b64(i, count), to + i, one);                                           \
        return 0;                                                                                  \
    }
#define MB_SVE_COPY(name, store)                                                                   \
    MB_SVE static uint64_t name(char *a, const char *b, const char *c, size_t bytes)               \
    {                                                                                              \
        (void)c;                                                                                   \
        double *to = (double *)(void *)a;                                                          \
        const double *from = (const double *)(const void *)b;                                      \
        uint64_t const count = bytes / 8;                                                          \
        for (uint64_t i = 0; i < count; i += svcntd()) {                                           \
            svbool_t const part = svwhilelt_b64(i, count);                                         \
            store(part, to + i, svld1(part, from + i));                                            \
        }                                                                                          \
        return 0;                                                                                  \
    }
#define MB_SVE_TRIAD(name, store)                                                                  \
    MB_SVE static uint64_t name(char *a, const char *b, const char *c, size_t bytes)               \
    {                                                                                              \
        double *to = (double *)(void *)a;                                                          \
        const double *left = (const double *)(const void *)b;                                      \
        const double *right = (const double *)(const void *)c;                                     \
        uint64_t const count = bytes / 8;                                                          \
        for (uint64_t i = 0; i < count; i += svcntd()) {                                           \
            svbool_t const part = svwhilelt_b64(i, count);                                         \
            store(part, to + i, svmla_x(part, svld1(part, left + i), svld1(part, right + i), MB_SCALE)); \
        }                                                                                          \
        return 0;                                                                                  \
    }

MB_SVE_WRITE(write_sve, svst1)
MB_SVE_WRITE(write_past_sve, svstnt1)
MB_SVE_COPY(copy_sve, svst1)
MB_SVE_COPY(copy_past_sve, svstnt1)
MB_SVE_TRIAD(triad_sve, svst1)
MB_SVE_TRIAD(triad_past_sve, svstnt1)

static const mb_variant table_sve[] = {
    {"1 stream", "sve", MB_READ, 1, 0, read_sve},
    {"1 stream", "sve", MB_WRITE, 1, 0, write_sve},
    {"1 stream, non-temporal", "sve", MB_WRITE, 1, 1, write_past_sve},
    {"1 stream", "sve", MB_COPY, 1, 0, copy_sve},
    {"1 stream, non-temporal", "sve", MB_COPY, 1, 1, copy_past_sve},
    {"1 stream", "sve", MB_TRIAD, 1, 0, triad_sve},
    {"1 stream, non-temporal", "sve", MB_TRIAD, 1, 1, triad_past_sve},
};
