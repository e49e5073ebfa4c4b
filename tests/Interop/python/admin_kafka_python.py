"""admin_kafka_python.py BROKER: the admin client of kafka-python; a line for each step that held."""
import sys

from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic
from kafka.errors import TopicAlreadyExistsError, UnknownTopicOrPartitionError

broker = sys.argv[1]
topic = "kafka-python-admin"
admin = KafkaAdminClient(bootstrap_servers=broker)


def held(name):
    print(f"ok {name}")


def refused(error, action, *arguments):
    try:
        action(*arguments)
    except error:
        return
    raise AssertionError(f"{action.__name__} was not refused with {error.__name__}")


def configs(kind, name):
    [answer] = admin.describe_configs([ConfigResource(kind, name)])
    [resource] = answer.resources
    assert resource[0] == 0, resource
    return {entry[0]: entry[1] for entry in resource[4]}


def partitions():
    [described] = admin.describe_topics([topic])
    assert described["error_code"] == 0, described
    return sorted((one["partition"], one["leader"], tuple(one["isr"])) for one in described["partitions"])


cluster = admin.describe_cluster()
assert [f"{one['host']}:{one['port']}" for one in cluster["brokers"]] == [broker], cluster
assert cluster["controller_id"] == cluster["brokers"][0]["node_id"], cluster
held("describe_cluster")

admin.create_topics([NewTopic(topic, 2, 1, topic_configs={"retention.ms": "123456"})])
refused(TopicAlreadyExistsError, admin.create_topics, [NewTopic(topic, 2, 1)])
held("create_topics")

assert topic in admin.list_topics()
held("list_topics")

assert partitions() == [(0, 1, (1,)), (1, 1, (1,))], partitions()
held("describe_topics")

admin.create_partitions({topic: NewPartitions(3)})
assert [one[0] for one in partitions()] == [0, 1, 2]
held("create_partitions")

assert configs(ConfigResourceType.TOPIC, topic)["retention.ms"] == "123456"
assert configs(ConfigResourceType.BROKER, "1")["num.partitions"] == "4"
held("describe_configs")

admin.delete_topics([topic])
assert topic not in admin.list_topics()
refused(UnknownTopicOrPartitionError, admin.delete_topics, [topic])
held("delete_topics")
admin.close()
