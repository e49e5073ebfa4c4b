"""write_until_error.py BROKER TOPIC PARTITION BYTES COUNT: produces at most COUNT records of about BYTES bytes to one partition,
one after another, acks=all and no retries, until one is refused. Prints `offset number` for each that was acknowledged,
and at the end the error's code and the milliseconds that the refusal took, or `done`.
"""
import sys
import time

from confluent_kafka import Producer

broker, topic, partition, size, count = sys.argv[1:]
outcome = []
producer = Producer({
    "bootstrap.servers": broker,
    "acks": "all",
    "retries": 0,
    "linger.ms": 0,
    "message.timeout.ms": 60000,
})
for number in range(int(count)):
    began = time.monotonic()
    outcome.clear()
    value = f"{number} ".ljust(int(size), "x")
    producer.produce(topic, value=value, partition=int(partition), on_delivery=lambda *said: outcome.append(said))
    producer.flush(60)
    error, message = outcome[0] if outcome else ("nothing was heard", None)
    if error is not None:
        code = error if isinstance(error, str) else error.code()
        print(f"error {code} {round((time.monotonic() - began) * 1000)}")
        break
    print(message.offset(), number)
else:
    print("done")
