/* A block of a matrix product from packed panels, written once and compiled for each instruction set.
 *
 * The including file defines MM_FN(name), MM_TARGET, MM_VECTOR (accumulators), MM_OPERAND (what is multiplied), MM_WIDTH
 * (bytes of a vector), MM_ROWS and MM_COLUMNS (of the result, in one accumulator), MM_DEPTH (bytes along the inner
 * dimension that one step takes), MM_TALL and MM_WIDE (accumulators down and across), MM_STEP (bytes of the left panel that
 * one operand takes), and the operations MM_ZERO(), MM_LOAD(p), MM_SPREAD(p), MM_DOT(sum, left, right), MM_STORE(p, v).
 * No include guard: it is included once for each kernel. */

MM_TARGET static uint64_t MM_FN(block)(char *a, const char *b, const char *c, size_t bytes)
{
    enum { STEPS = MM_INNER / MM_DEPTH, DOWN = MM_TALL * MM_ROWS, ACROSS = MM_WIDE * MM_COLUMNS };
    for (size_t at = 0; at + MB_MATRIX_BYTES <= bytes; at += MB_MATRIX_BYTES) {
        char *out = a + at;
        for (size_t column = 0; column < MM_RIGHT; column += ACROSS) {
            for (size_t row = 0; row < MM_LEFT; row += DOWN) {
                const char *left = b + at + row * MM_INNER, *right = c + at + column * MM_INNER;
                MM_VECTOR sum[MM_TALL][MM_WIDE];
                MB_UNROLL for (int i = 0; i < MM_TALL; i++)
                {
                    MB_UNROLL for (int j = 0; j < MM_WIDE; j++) sum[i][j] = MM_ZERO();
                }
                for (int step = 0; step < STEPS; step++) {
                    MM_OPERAND across[MM_WIDE];
                    MB_UNROLL for (int j = 0; j < MM_WIDE; j++) across[j] = MM_LOAD(right + j * MM_WIDTH);
                    MB_UNROLL for (int i = 0; i < MM_TALL; i++)
                    {
                        MM_OPERAND const down = MM_SPREAD(left + i * MM_STEP);
                        MB_UNROLL for (int j = 0; j < MM_WIDE; j++) sum[i][j] = MM_DOT(sum[i][j], down, across[j]);
                    }
                    left += MM_TALL * MM_STEP;
                    right += MM_WIDE * MM_WIDTH;
                }
                MB_UNROLL for (int i = 0; i < MM_TALL; i++)
                {
                    MB_UNROLL for (int j = 0; j < MM_WIDE; j++, out += MM_WIDTH) MM_STORE(out, sum[i][j]);
                }
            }
        }
    }
    return 0;
}

#undef MM_FN
#undef MM_TARGET
#undef MM_VECTOR
#undef MM_OPERAND
#undef MM_WIDTH
#undef MM_ROWS
#undef MM_COLUMNS
#undef MM_DEPTH
#undef MM_TALL
#undef MM_WIDE
#undef MM_STEP
#undef MM_ZERO
#undef MM_LOAD
#undef MM_SPREAD
#undef MM_DOT
#undef MM_STORE
