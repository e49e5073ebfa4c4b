"""The lines in which records pass between the tests and their clients.

A line is one record: {"partition", "offset", "timestamp", "key", "value", "headers"}. Bytes are hexadecimal digits or
null, headers are pairs of name and bytes. Lines to be written have no meaningful offset.
"""
import json
import sys


def unhex(text):
    return None if text is None else bytes.fromhex(text)


def tohex(value):
    return None if value is None else bytes(value).hex()


def load(path):
    with open(path, encoding="ascii") as lines:
        for line in lines:
            record = json.loads(line)
            record["key"] = unhex(record["key"])
            record["value"] = unhex(record["value"])
            record["headers"] = [(name, unhex(value)) for name, value in record["headers"]]
            yield record


def dump(partition, offset, timestamp, key, value, headers):
    json.dump(
        {
            "partition": partition,
            "offset": offset,
            "timestamp": timestamp,
            "key": tohex(key),
            "value": tohex(value),
            "headers": [[name, tohex(held)] for name, held in headers or []],
        },
        sys.stdout,
    )
    sys.stdout.write("\n")
