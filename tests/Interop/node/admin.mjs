// admin.mjs BROKER: everything that the admin client of kafkajs can do without groups; a line for each step that held.
import assert from 'node:assert/strict';
import kafkajs from 'kafkajs';

const { Kafka, ConfigResourceTypes, Partitioners, logLevel } = kafkajs;
const broker = process.argv[2];
const kafka = new Kafka({ clientId: 'admin', brokers: [broker], logLevel: logLevel.NOTHING });
const admin = kafka.admin();
const topic = 'kafkajs-admin';

const step = async (name, check) => {
  await check();
  console.log(`ok ${name}`);
};

const offsets = async () => {
  const found = await admin.fetchTopicOffsets(topic);
  return found.sort((a, b) => a.partition - b.partition).map(one => `${one.partition}:${one.low}-${one.high}`);
};

await admin.connect();

await step('describeCluster', async () => {
  const cluster = await admin.describeCluster();
  assert.deepEqual(cluster.brokers.map(one => `${one.host}:${one.port}`), [broker]);
  assert.equal(cluster.controller, cluster.brokers[0].nodeId);
  assert.match(cluster.clusterId, /^[A-Za-z0-9_-]{22}$/);
});

await step('createTopics', async () => {
  const wanted = {
    topic,
    numPartitions: 2,
    replicationFactor: 1,
    configEntries: [{ name: 'retention.ms', value: '123456' }, { name: 'cleanup.policy', value: 'compact,delete' }],
  };
  assert.equal(await admin.createTopics({ topics: [wanted], waitForLeaders: true }), true);
  assert.equal(await admin.createTopics({ topics: [wanted] }), false);
});

await step('createTopics refuses', async () => {
  await assert.rejects(
    admin.createTopics({ topics: [{ topic: 'not/a name', numPartitions: 1 }] }),
    error => error.errors[0].type === 'INVALID_TOPIC_EXCEPTION');
  await assert.rejects(
    admin.createTopics({ topics: [{ topic: 'too-many-replicas', replicationFactor: 2 }] }),
    error => error.errors[0].type === 'INVALID_REPLICATION_FACTOR');
  const trial = { topics: [{ topic: 'only-validated' }], validateOnly: true, waitForLeaders: false };
  assert.equal(await admin.createTopics(trial), true);
});

await step('listTopics', async () => {
  const topics = await admin.listTopics();
  assert.ok(topics.includes(topic));
  assert.ok(!topics.includes('only-validated'));
});

await step('fetchTopicMetadata', async () => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  assert.deepEqual(topics.map(one => one.name), [topic]);
  const partitions = topics[0].partitions.sort((a, b) => a.partitionId - b.partitionId);
  assert.deepEqual(partitions.map(one => one.partitionId), [0, 1]);
  for (const partition of partitions) {
    assert.equal(partition.partitionErrorCode, 0);
    assert.deepEqual(partition.replicas, [partition.leader]);
    assert.deepEqual(partition.isr, [partition.leader]);
  }
});

await step('createPartitions', async () => {
  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  assert.equal(topics[0].partitions.length, 3);
  await assert.rejects(admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] }));
});

await step('describeConfigs', async () => {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }, { type: ConfigResourceTypes.BROKER, name: '1' }],
  });
  assert.deepEqual(resources.map(one => one.errorCode), [0, 0]);
  const value = (resource, name) => resource.configEntries.find(one => one.configName === name)?.configValue;
  assert.equal(value(resources[0], 'retention.ms'), '123456');
  assert.equal(value(resources[0], 'cleanup.policy'), 'compact,delete');
  assert.equal(value(resources[1], 'num.partitions'), '4');
});

await step('fetchTopicOffsets', async () => {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const messages = Array.from({ length: 10 }, (_, i) => ({ key: `k${i}`, value: `v${i}`, partition: 1 }));
  const [sent] = await producer.send({ topic, acks: -1, messages });
  assert.deepEqual([sent.partition, sent.errorCode, sent.baseOffset], [1, 0, '0']);
  await producer.disconnect();
  assert.deepEqual(await offsets(), ['0:0-0', '1:0-10', '2:0-0']);
});

await step('fetchTopicOffsetsByTimestamp', async () => {
  const found = await admin.fetchTopicOffsetsByTimestamp(topic, Date.now() - 3_600_000);
  assert.equal(found.find(one => one.partition === 1).offset, '0');
});

await step('deleteTopicRecords', async () => {
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 1, offset: '4' }] });
  assert.deepEqual(await offsets(), ['0:0-0', '1:4-10', '2:0-0']);
});

await step('deleteTopics', async () => {
  await admin.deleteTopics({ topics: [topic] });
  assert.ok(!(await admin.listTopics()).includes(topic));
});

await admin.disconnect();
