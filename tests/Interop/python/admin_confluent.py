"""admin_confluent.py BROKER: the admin client of librdkafka; a line for each step that held."""
import sys

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

broker = sys.argv[1]
topic = "confluent-admin"
admin = AdminClient({"bootstrap.servers": broker})


def held(name):
    print(f"ok {name}")


def refused(code, future):
    try:
        future.result(30)
    except KafkaException as error:
        assert error.args[0].code() == code, error
        return
    raise AssertionError(f"not refused with {code}")


def configs(kind, name):
    [future] = admin.describe_configs([ConfigResource(kind, name)]).values()
    return {name: entry.value for name, entry in future.result(30).items()}


admin.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "123456"})])[topic].result(30)
refused(KafkaError.TOPIC_ALREADY_EXISTS, admin.create_topics([NewTopic(topic, 2, 1)])[topic])
held("create_topics")

metadata = admin.list_topics(timeout=30)
assert [f"{one.host}:{one.port}" for one in metadata.brokers.values()] == [broker], metadata.brokers
assert sorted(metadata.topics[topic].partitions) == [0, 1]
held("list_topics")

admin.create_partitions([NewPartitions(topic, 3)])[topic].result(30)
assert sorted(admin.list_topics(topic, timeout=30).topics[topic].partitions) == [0, 1, 2]
held("create_partitions")

assert configs(ConfigResource.Type.TOPIC, topic)["retention.ms"] == "123456"
assert configs(ConfigResource.Type.BROKER, "1")["num.partitions"] == "4"
held("describe_configs")

admin.delete_topics([topic])[topic].result(30)
assert topic not in admin.list_topics(timeout=30).topics
refused(KafkaError.UNKNOWN_TOPIC_OR_PART, admin.delete_topics([topic])[topic])
held("delete_topics")
