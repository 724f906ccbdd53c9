/* The loops of every operation, written once and compiled for each instruction set.
 *
 * The including file defines MB_FN(name), MB_TARGET, MB_WIDTH (bytes of a vector), MB_VECTOR, and the operations
 * MB_LOAD(p), MB_STORE(p, v), MB_STREAM(p, v), MB_ZERO(), MB_ADD(x, y), MB_SPLAT(d), MB_TRIAD_OF(b, s, c),
 * MB_REDUCE(v) and MB_FENCE(). No include guard: it is included once for each instruction set.
 *
 * `plain` of the sub-streams store through the cache, the others past it (non-temporal): the two ways wait for
 * different buffers of a core, so a mixture can move more than either alone. `ahead` is how many bytes before its
 * use a line is asked for; 0 leaves that to the hardware.
 *
 * A range is cut into sub-streams that are walked side by side, because one sequential stream does not keep every
 * line-fill buffer of a core busy. Their starts are kept off a common multiple of 4 KiB: sub-streams that begin at
 * the same offset of a page fall into one set of the first-level cache and push each other out. */

#define MB_PER_LINE (MB_LINE / MB_WIDTH)

MB_TARGET static MB_INLINE size_t MB_FN(sub)(size_t bytes, size_t streams, size_t lines)
{
    size_t const step = lines * MB_LINE;
    size_t const even = bytes / streams;
    if (streams == 1 || even < 4 * MB_GRANULE)
        return even / step * step;
    return (even / MB_GRANULE - 1) * MB_GRANULE + 3 * step;
}

MB_TARGET static MB_INLINE MB_VECTOR MB_FN(read_part)(const char *b, size_t sub, size_t streams, size_t lines,
                                                      size_t ahead, MB_VECTOR total)
{
    MB_VECTOR sum[8];
    MB_UNROLL for (size_t k = 0; k < streams * lines; k++) sum[k] = MB_ZERO();
    for (size_t at = 0; at < sub; at += lines * MB_LINE) {
        MB_UNROLL for (size_t s = 0; s < streams; s++)
        {
            MB_UNROLL for (size_t l = 0; l < lines; l++)
            {
                const char *p = b + s * sub + at + l * MB_LINE;
                if (ahead)
                    MB_PREFETCH_READ(p + ahead);
                MB_UNROLL for (size_t v = 0; v < MB_PER_LINE; v++)
                    sum[s * lines + l] = MB_ADD(sum[s * lines + l], MB_LOAD(p + v * MB_WIDTH));
            }
        }
    }
    MB_UNROLL for (size_t k = 0; k < streams * lines; k++) total = MB_ADD(total, sum[k]);
    return total;
}

MB_TARGET static MB_INLINE uint64_t MB_FN(read_all)(const char *b, size_t bytes, size_t streams, size_t lines,
                                                    size_t ahead)
{
    size_t const sub = MB_FN(sub)(bytes, streams, lines);
    MB_VECTOR total = MB_FN(read_part)(b, sub, streams, lines, ahead, MB_ZERO());
    total = MB_FN(read_part)(b + streams * sub, bytes - streams * sub, 1, 1, 0, total);
    return MB_REDUCE(total);
}

/* One vector of the target: through the cache or past it. */
MB_TARGET static MB_INLINE void MB_FN(put)(char *p, MB_VECTOR v, int plain)
{
    if (plain)
        MB_STORE(p, v);
    else
        MB_STREAM(p, v);
}

MB_TARGET static MB_INLINE void MB_FN(write_part)(char *a, size_t sub, size_t streams, size_t plain, size_t ahead)
{
    MB_VECTOR const one = MB_SPLAT(MB_START);
    for (size_t at = 0; at < sub; at += MB_LINE) {
        MB_UNROLL for (size_t s = 0; s < streams; s++)
        {
            char *p = a + s * sub + at;
            if (ahead && s < plain)
                MB_PREFETCH_WRITE(p + ahead);
            MB_UNROLL for (size_t v = 0; v < MB_PER_LINE; v++) MB_FN(put)(p + v * MB_WIDTH, one, s < plain);
        }
    }
}

MB_TARGET static MB_INLINE void MB_FN(copy_part)(char *a, const char *b, size_t sub, size_t streams, size_t plain,
                                                 size_t ahead)
{
    for (size_t at = 0; at < sub; at += MB_LINE) {
        MB_UNROLL for (size_t s = 0; s < streams; s++)
        {
            size_t const i = s * sub + at;
            if (ahead && s < plain)
                MB_PREFETCH_WRITE(a + i + ahead);
            MB_UNROLL for (size_t v = 0; v < MB_PER_LINE; v++)
                MB_FN(put)(a + i + v * MB_WIDTH, MB_LOAD(b + i + v * MB_WIDTH), s < plain);
        }
    }
}

MB_TARGET static MB_INLINE void MB_FN(triad_part)(char *a, const char *b, const char *c, size_t sub, size_t streams,
                                                  size_t plain, size_t ahead)
{
    MB_VECTOR const scale = MB_SPLAT(MB_SCALE);
    for (size_t at = 0; at < sub; at += MB_LINE) {
        MB_UNROLL for (size_t s = 0; s < streams; s++)
        {
            size_t const i = s * sub + at;
            if (ahead && s < plain)
                MB_PREFETCH_WRITE(a + i + ahead);
            MB_UNROLL for (size_t v = 0; v < MB_PER_LINE; v++)
            {
                size_t const j = i + v * MB_WIDTH;
                MB_FN(put)(a + j, MB_TRIAD_OF(MB_LOAD(b + j), scale, MB_LOAD(c + j)), s < plain);
            }
        }
    }
}

#define MB_DEFINE_READ(name, streams, lines, ahead)                                                  \
    MB_TARGET static uint64_t MB_FN(name)(char *a, const char *b, const char *c, size_t bytes)       \
    {                                                                                                \
        (void)a, (void)c;                                                                            \
        return MB_FN(read_all)(b, bytes, streams, lines, ahead);                                     \
    }
#define MB_DEFINE_WRITE(name, streams, plain, ahead)                                                 \
    MB_TARGET static uint64_t MB_FN(name)(char *a, const char *b, const char *c, size_t bytes)       \
    {                                                                                                \
        (void)b, (void)c;                                                                            \
        size_t const sub = MB_FN(sub)(bytes, streams, 1), done = (streams) * sub;                    \
        MB_FN(write_part)(a, sub, streams, plain, ahead);                                            \
        MB_FN(write_part)(a + done, bytes - done, 1, 1, 0);                                          \
        if ((plain) < (streams))                                                                     \
            MB_FENCE();                                                                              \
        return 0;                                                                                    \
    }
#define MB_DEFINE_COPY(name, streams, plain, ahead)                                                  \
    MB_TARGET static uint64_t MB_FN(name)(char *a, const char *b, const char *c, size_t bytes)       \
    {                                                                                                \
        (void)c;                                                                                     \
        size_t const sub = MB_FN(sub)(bytes, streams, 1), done = (streams) * sub;                    \
        MB_FN(copy_part)(a, b, sub, streams, plain, ahead);                                          \
        MB_FN(copy_part)(a + done, b + done, bytes - done, 1, 1, 0);                                 \
        if ((plain) < (streams))                                                                     \
            MB_FENCE();                                                                              \
        return 0;                                                                                    \
    }
#define MB_DEFINE_TRIAD(name, streams, plain, ahead)                                                 \
    MB_TARGET static uint64_t MB_FN(name)(char *a, const char *b, const char *c, size_t bytes)       \
    {                                                                                                \
        size_t const sub = MB_FN(sub)(bytes, streams, 1), done = (streams) * sub;                    \
        MB_FN(triad_part)(a, b, c, sub, streams, plain, ahead);                                      \
        MB_FN(triad_part)(a + done, b + done, c + done, bytes - done, 1, 1, 0);                      \
        if ((plain) < (streams))                                                                     \
            MB_FENCE();                                                                              \
        return 0;                                                                                    \
    }

MB_DEFINE_READ(read_1, 1, 4, 0)
MB_DEFINE_READ(read_2, 2, 4, 0)
MB_DEFINE_READ(read_4, 4, 2, 0)
MB_DEFINE_READ(read_8, 8, 1, 0)
MB_DEFINE_READ(read_4_ahead, 4, 2, 1024)
MB_DEFINE_READ(read_8_ahead, 8, 1, 1024)
MB_DEFINE_WRITE(write_1_1, 1, 1, 0)
MB_DEFINE_WRITE(write_2_2, 2, 2, 0)
MB_DEFINE_WRITE(write_1_1_ahead, 1, 1, 1024)
MB_DEFINE_WRITE(write_4_4_ahead, 4, 4, 1024)
MB_DEFINE_WRITE(write_1_0, 1, 0, 0)
MB_DEFINE_WRITE(write_4_0, 4, 0, 0)
MB_DEFINE_WRITE(write_8_2_ahead, 8, 2, 1024)
MB_DEFINE_WRITE(write_8_3_ahead, 8, 3, 1024)
MB_DEFINE_COPY(copy_1_1, 1, 1, 0)
MB_DEFINE_COPY(copy_4_4, 4, 4, 0)
MB_DEFINE_COPY(copy_1_1_ahead, 1, 1, 1024)
MB_DEFINE_COPY(copy_4_4_ahead, 4, 4, 1024)
MB_DEFINE_COPY(copy_1_0, 1, 0, 0)
MB_DEFINE_COPY(copy_4_0, 4, 0, 0)
MB_DEFINE_COPY(copy_8_0, 8, 0, 0)
MB_DEFINE_COPY(copy_8_2_ahead, 8, 2, 1024)
MB_DEFINE_TRIAD(triad_1_1, 1, 1, 0)
MB_DEFINE_TRIAD(triad_4_4, 4, 4, 0)
MB_DEFINE_TRIAD(triad_1_1_ahead, 1, 1, 1024)
MB_DEFINE_TRIAD(triad_4_4_ahead, 4, 4, 1024)
MB_DEFINE_TRIAD(triad_1_0, 1, 0, 0)
MB_DEFINE_TRIAD(triad_4_0, 4, 0, 0)
MB_DEFINE_TRIAD(triad_8_0, 8, 0, 0)
MB_DEFINE_TRIAD(triad_4_1_ahead, 4, 1, 1024)

#define MB_ROW(fn, words, operation, streams, past) {words, MB_ISA, operation, streams, past, MB_FN(fn)}
static const mb_variant MB_FN(table)[] = {
    MB_ROW(read_1, "1 stream", MB_READ, 1, 0),
    MB_ROW(read_2, "2 streams", MB_READ, 2, 0),
    MB_ROW(read_4, "4 streams", MB_READ, 4, 0),
    MB_ROW(read_8, "8 streams", MB_READ, 8, 0),
    MB_ROW(read_4_ahead, "4 streams, read prefetch", MB_READ, 4, 0),
    MB_ROW(read_8_ahead, "8 streams, read prefetch", MB_READ, 8, 0),
    MB_ROW(write_1_1, "1 stream", MB_WRITE, 1, 0),
    MB_ROW(write_2_2, "2 streams", MB_WRITE, 2, 0),
    MB_ROW(write_1_1_ahead, "1 stream, write prefetch", MB_WRITE, 1, 0),
    MB_ROW(write_4_4_ahead, "4 streams, write prefetch", MB_WRITE, 4, 0),
    MB_ROW(write_1_0, "1 stream, non-temporal", MB_WRITE, 1, 1),
    MB_ROW(write_4_0, "4 streams, non-temporal", MB_WRITE, 4, 1),
    MB_ROW(write_8_2_ahead, "8 streams, 2 through the cache with write prefetch, others non-temporal", MB_WRITE, 8, 1),
    MB_ROW(write_8_3_ahead, "8 streams, 3 through the cache with write prefetch, others non-temporal", MB_WRITE, 8, 1),
    MB_ROW(copy_1_1, "1 stream", MB_COPY, 1, 0),
    MB_ROW(copy_4_4, "4 streams", MB_COPY, 4, 0),
    MB_ROW(copy_1_1_ahead, "1 stream, write prefetch", MB_COPY, 1, 0),
    MB_ROW(copy_4_4_ahead, "4 streams, write prefetch", MB_COPY, 4, 0),
    MB_ROW(copy_1_0, "1 stream, non-temporal", MB_COPY, 1, 1),
    MB_ROW(copy_4_0, "4 streams, non-temporal", MB_COPY, 4, 1),
    MB_ROW(copy_8_0, "8 streams, non-temporal", MB_COPY, 8, 1),
    MB_ROW(copy_8_2_ahead, "8 streams, 2 through the cache with write prefetch, others non-temporal", MB_COPY, 8, 1),
    MB_ROW(triad_1_1, "1 stream", MB_TRIAD, 1, 0),
    MB_ROW(triad_4_4, "4 streams", MB_TRIAD, 4, 0),
    MB_ROW(triad_1_1_ahead, "1 stream, write prefetch", MB_TRIAD, 1, 0),
    MB_ROW(triad_4_4_ahead, "4 streams, write prefetch", MB_TRIAD, 4, 0),
    MB_ROW(triad_1_0, "1 stream, non-temporal", MB_TRIAD, 1, 1),
    MB_ROW(triad_4_0, "4 streams, non-temporal", MB_TRIAD, 4, 1),
    MB_ROW(triad_8_0, "8 streams, non-temporal", MB_TRIAD, 8, 1),
    MB_ROW(triad_4_1_ahead, "4 streams, 1 through the cache with write prefetch, others non-temporal", MB_TRIAD, 4, 1),
};

#undef MB_PER_LINE
#undef MB_DEFINE_READ
#undef MB_DEFINE_WRITE
#undef MB_DEFINE_COPY
#undef MB_DEFINE_TRIAD
#undef MB_ROW
#undef MB_FN
#undef MB_TARGET
#undef MB_ISA
#undef MB_WIDTH
#undef MB_VECTOR
#undef MB_LOAD
#undef MB_STORE
#undef MB_STREAM
#undef MB_ZERO
#undef MB_ADD
#undef MB_SPLAT
#undef MB_TRIAD_OF
#undef MB_REDUCE
#undef MB_FENCE
