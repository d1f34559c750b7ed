#!/usr/bin/env bash
# pyarrow 26.0.1 under a limit of addresses (RLIMIT_AS), on Linux x86_64.
# One would guess that a process which writes a table of two numbers needs little more than pyarrow itself, and that a
# limit of 1 GiB of addresses for it is generous.
# Seen: the first allocation takes more than a gibibyte of addresses at once, though hardly any memory; it is mimalloc's,
# the default allocator. With ARROW_DEFAULT_MEMORY_POOL=system, set before pyarrow is imported, it takes under a tenth.
. "$(dirname "$0")/common.sh"
install pyarrow==26.0.1
ask='
import os


def addresses():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE") / 2**20


import pyarrow

before = addresses()
table = pyarrow.table({"a": [1, 2]})
taken = addresses() - before
print(pyarrow.default_memory_pool().backend_name, "more than 1,000 MiB:", taken > 1000, "less than 100 MiB:", taken < 100)
'
unset ARROW_DEFAULT_MEMORY_POOL
expect "mimalloc more than 1,000 MiB: True less than 100 MiB: False" <<<"$ask"
export ARROW_DEFAULT_MEMORY_POOL=system
expect "system more than 1,000 MiB: False less than 100 MiB: True" <<<"$ask"
