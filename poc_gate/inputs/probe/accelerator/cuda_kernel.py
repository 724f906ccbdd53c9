"""The device kernel as PTX text, which the driver compiles: adds up a range of 32-bit words, 16 bytes a load.

PTX of an old version and an old target runs on every newer driver and device; one newer than the driver would be
refused (error 222), so both stay as old as the instructions allow.
"""

from __future__ import annotations

ENTRY = b"read_sum"
BLOCK = 512
"""Threads of a block."""
BLOCKS_PER_MULTIPROCESSOR = 4
"""2048 threads, what every supported device can hold at once."""

READ_SUM = b"""
.version 6.0
.target sm_60
.address_size 64

.visible .entry read_sum(.param .u64 source, .param .u64 vectors, .param .u64 sink)
{
    .reg .pred %p;
    .reg .b32 %r<32>;
    .reg .b64 %d<16>;

    ld.param.u64 %d0, [source];
    ld.param.u64 %d1, [vectors];
    ld.param.u64 %d2, [sink];
    cvta.to.global.u64 %d0, %d0;
    cvta.to.global.u64 %d2, %d2;
    mov.u32 %r0, %ctaid.x;
    mov.u32 %r1, %ntid.x;
    mov.u32 %r2, %tid.x;
    mov.u32 %r3, %nctaid.x;
    mul.wide.u32 %d3, %r0, %r1;
    cvt.u64.u32 %d4, %r2;
    add.u64 %d3, %d3, %d4;
    mul.wide.u32 %d4, %r3, %r1;
    shl.b64 %d5, %d4, 4;
    shl.b64 %d6, %d3, 4;
    add.u64 %d6, %d6, %d0;
    mul.lo.u64 %d7, %d4, 3;
    shl.b64 %d8, %d4, 2;
    shl.b64 %d9, %d5, 2;
    mov.u32 %r4, 0;
    mov.u32 %r5, 0;
    mov.u32 %r6, 0;
    mov.u32 %r7, 0;
FOUR:
    add.u64 %d10, %d3, %d7;
    setp.ge.u64 %p, %d10, %d1;
    @%p bra ONE;
    add.u64 %d11, %d6, %d5;
    add.u64 %d12, %d11, %d5;
    add.u64 %d13, %d12, %d5;
    ld.global.v4.u32 {%r8, %r9, %r10, %r11}, [%d6];
    ld.global.v4.u32 {%r12, %r13, %r14, %r15}, [%d11];
    ld.global.v4.u32 {%r16, %r17, %r18, %r19}, [%d12];
    ld.global.v4.u32 {%r20, %r21, %r22, %r23}, [%d13];
    add.u32 %r4, %r4, %r8;
    add.u32 %r5, %r5, %r9;
    add.u32 %r6, %r6, %r10;
    add.u32 %r7, %r7, %r11;
    add.u32 %r4, %r4, %r12;
    add.u32 %r5, %r5, %r13;
    add.u32 %r6, %r6, %r14;
    add.u32 %r7, %r7, %r15;
    add.u32 %r4, %r4, %r16;
    add.u32 %r5, %r5, %r17;
    add.u32 %r6, %r6, %r18;
    add.u32 %r7, %r7, %r19;
    add.u32 %r4, %r4, %r20;
    add.u32 %r5, %r5, %r21;
    add.u32 %r6, %r6, %r22;
    add.u32 %r7, %r7, %r23;
    add.u64 %d3, %d3, %d8;
    add.u64 %d6, %d6, %d9;
    bra FOUR;
ONE:
    setp.ge.u64 %p, %d3, %d1;
    @%p bra DONE;
    ld.global.v4.u32 {%r8, %r9, %r10, %r11}, [%d6];
    add.u32 %r4, %r4, %r8;
    add.u32 %r5, %r5, %r9;
    add.u32 %r6, %r6, %r10;
    add.u32 %r7, %r7, %r11;
    add.u64 %d3, %d3, %d4;
    add.u64 %d6, %d6, %d5;
    bra ONE;
DONE:
    add.u32 %r4, %r4, %r5;
    add.u32 %r6, %r6, %r7;
    add.u32 %r4, %r4, %r6;
    red.global.add.u32 [%d2], %r4;
    ret;
}
"""
