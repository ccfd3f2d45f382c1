"""Writes the Parquet files of this folder with writers that are not DuckDB's, in the forms in which S3 may hold flow logs.

    pip install pyarrow==26.0.1 fastparquet==2026.9.0 pandas && python tests/parquet/write.py
"""

import os

import fastparquet
import pandas
import pyarrow
import pyarrow.parquet

HERE = os.path.dirname(os.path.abspath(__file__))
INTEGERS = {"version", "srcport", "dstport", "protocol"}
LONGS = {"packets", "bytes", "start", "end"}
COLUMNS = "version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status"
FLOWS = [
    [2, "123456789010", "eni-1235b8ca123456789", "192.0.2.10", "198.51.100.20", 49152, 443, 6, 12, 2**53 + 1, 1732244400, 1732244459, "ACCEPT", "OK"],
    [2, "123456789010", "eni-1235b8ca123456789", "2001:db8::7", "2001:db8::10", 55120, 22, 6, 1, 40, 1732244400, 1732244459, "REJECT", "OK"],
    [2, "123456789010", "eni-1235b8ca123456789", None, None, None, None, None, None, None, 1732244460, 1732244519, None, "NODATA"],
]


def type_of(name):
    return pyarrow.int32() if name in INTEGERS else pyarrow.int64() if name in LONGS else pyarrow.string()


def table(flows, names=COLUMNS, spell=lambda name: name, more=()):
    names = names.split()
    arrays = [pyarrow.array([flow[n] for flow in flows], type_of(name)) for n, name in enumerate(names)]
    fields = [(spell(name), array) for name, array in zip(names, arrays)] + list(more)
    return pyarrow.table(dict(fields))


def with_pyarrow(name, data=None, **options):
    pyarrow.parquet.write_table(table(FLOWS) if data is None else data, os.path.join(HERE, name), **options)


with_pyarrow("pyarrow-snappy-dictionary.parquet", compression="snappy", use_dictionary=True, version="1.0")
with_pyarrow("pyarrow-gzip-plain.parquet", compression="gzip", use_dictionary=False, version="1.0")
with_pyarrow(
    "pyarrow-pages-v2-delta.parquet",
    compression="gzip",
    use_dictionary=False,
    data_page_version="2.0",
    column_encoding={
        name: "DELTA_BINARY_PACKED" if name in INTEGERS | LONGS else "DELTA_BYTE_ARRAY" for name in COLUMNS.split()
    },
)
with_pyarrow("pyarrow-zstd.parquet", compression="zstd")
with_pyarrow("pyarrow-hyphens.parquet", table(FLOWS, spell=lambda name: name.replace("_", "-")))
with_pyarrow("pyarrow-newer-column.parquet", table(FLOWS, more=[("quantum_flag", pyarrow.array(["a", None, "b"]))]))
with_pyarrow("pyarrow-groups.parquet", row_group_size=1)
with_pyarrow("pyarrow-empty.parquet", table([]))

# A list with None would pass through floating point, which has no digits for the largest counter.
frame = pandas.DataFrame(
    {
        name: pandas.array(
            [flow[n] for flow in FLOWS],
            dtype="Int32" if name in INTEGERS else "Int64" if name in LONGS else "object",
        )
        for n, name in enumerate(COLUMNS.split())
    }
)
for compression in ["SNAPPY", "GZIP"]:
    name = f"fastparquet-{compression.lower()}.parquet"
    fastparquet.write(os.path.join(HERE, name), frame, compression=compression, write_index=False)
