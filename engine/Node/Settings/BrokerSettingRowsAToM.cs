namespace Testbed.Node.Settings;

/// <summary>
/// Kafka's settings of a node, A to M, one a row: name, type, whether it can change while the node runs,
/// default (~ is none, "" is empty) and rule (a range with both ends included, or the words that are
/// allowed). Facts of Apache Kafka 4.3. Defaults that name a Java class are left out.
/// </summary>
internal static class BrokerSettingRowsAToM
{
    public const string Text = """
        add.partitions.to.txn.retry.backoff.max.ms                 int      static  100 0..
        add.partitions.to.txn.retry.backoff.ms                     int      static  20 1..
        advertised.listeners                                       list     static  ~
        alter.config.policy.class.name                             class    static  ~
        alter.log.dirs.replication.quota.window.num                int      static  11 1..
        alter.log.dirs.replication.quota.window.size.seconds       int      static  1 1..
        authorizer.class.name                                      string   static  ""
        auto.create.topics.enable                                  boolean  static  true
        auto.leader.rebalance.enable                               boolean  static  true
        background.threads                                         int      dynamic 10 1..
        broker.heartbeat.interval.ms                               int      static  2000
        broker.id                                                  int      static  -1
        broker.rack                                                string   static  ~
        broker.session.timeout.ms                                  int      static  9000
        client.quota.callback.class                                class    static  ~
        compression.gzip.level                                     int      dynamic -1 1..9,-1
        compression.lz4.level                                      int      dynamic 9 1..17
        compression.type string dynamic producer uncompressed|zstd|lz4|snappy|gzip|producer
        compression.zstd.level                                     int      dynamic 3 -131072..22
        config.providers                                           list     dynamic ""
        connection.failed.authentication.delay.ms                  int      static  100 0..
        connections.max.idle.ms                                    long     static  600000
        connections.max.reauth.ms                                  long     static  0
        controlled.shutdown.enable                                 boolean  static  true
        controller.listener.names                                  list     static  ~
        controller.quorum.append.linger.ms                         int      static  25 0..
        controller.quorum.auto.join.enable                         boolean  static  false
        controller.quorum.bootstrap.servers                        list     static  ""
        controller.quorum.election.backoff.max.ms                  int      static  1000 0..
        controller.quorum.election.timeout.ms                      int      static  1000 0..
        controller.quorum.fetch.max.bytes                          int      static  1048576 1..
        controller.quorum.fetch.snapshot.max.bytes                 int      static  1048576 1..
        controller.quorum.fetch.timeout.ms                         int      static  2000 0..
        controller.quorum.request.timeout.ms                       int      static  2000 0..
        controller.quorum.retry.backoff.ms                         int      static  20 0..
        controller.quorum.voters                                   list     static  ""
        controller.quota.window.num                                int      static  11 1..
        controller.quota.window.size.seconds                       int      static  1 1..
        controller.socket.timeout.ms                               int      static  30000
        cordoned.log.dirs                                          list     dynamic ""
        create.topic.policy.class.name                             class    static  ~
        default.replication.factor                                 int      static  1
        delegation.token.expiry.check.interval.ms                  long     static  3600000 1..
        delegation.token.expiry.time.ms                            long     static  86400000 1..
        delegation.token.max.lifetime.ms                           long     static  604800000 1..
        delegation.token.secret.key                                password static  ~
        delete.records.purgatory.purge.interval.requests           int      static  1
        delete.topic.enable                                        boolean  static  true
        early.start.listeners                                      list     static  ~
        fetch.max.bytes                                            int      static  57671680 1024..
        fetch.purgatory.purge.interval.requests                    int      static  1000
        follower.fetch.last.tiered.offset.enable                   boolean  dynamic false
        group.consumer.assignment.interval.ms                      int      dynamic 1000 0..
        group.consumer.assignors                                   list     static  uniform,range
        group.consumer.heartbeat.interval.ms                       int      static  5000 1..
        group.consumer.max.assignment.interval.ms                  int      static  15000 0..
        group.consumer.max.heartbeat.interval.ms                   int      static  15000 1..
        group.consumer.max.session.timeout.ms                      int      static  60000 1..
        group.consumer.max.size                                    int      static  2147483647 1..
        group.consumer.migration.policy string static bidirectional DISABLED|DOWNGRADE|UPGRADE|BIDIRECTIONAL
        group.consumer.min.assignment.interval.ms                  int      static  0 0..
        group.consumer.min.heartbeat.interval.ms                   int      static  5000 1..
        group.consumer.min.session.timeout.ms                      int      static  45000 1..
        group.consumer.session.timeout.ms                          int      static  45000 1..
        group.coordinator.append.linger.ms                         int      static  -1 -1..
        group.coordinator.background.threads                       int      static  2 1..
        group.coordinator.cached.buffer.max.bytes                  int      dynamic 1048588 524288..
        group.coordinator.threads                                  int      static  4 1..
        group.initial.rebalance.delay.ms                           int      static  3000
        group.max.session.timeout.ms                               int      static  1800000
        group.max.size                                             int      static  2147483647 1..
        group.min.session.timeout.ms                               int      static  6000
        group.share.assignment.interval.ms                         int      dynamic 1000 0..
        group.share.assignors                                      list     static  simple
        group.share.delivery.count.limit                           int      static  5 2..10
        group.share.heartbeat.interval.ms                          int      static  5000 1..
        group.share.max.assignment.interval.ms                     int      static  15000 0..
        group.share.max.delivery.count.limit                       int      static  10 5..25
        group.share.max.heartbeat.interval.ms                      int      static  15000 1..
        group.share.max.partition.max.record.locks                 int      static  4000 2000..10000
        group.share.max.record.lock.duration.ms                    int      static  60000 30000..3600000
        group.share.max.session.timeout.ms                         int      static  60000 1..
        group.share.max.share.sessions                             int      static  2000 1..
        group.share.max.size                                       int      static  200 1..1000
        group.share.min.assignment.interval.ms                     int      static  0 0..
        group.share.min.delivery.count.limit                       int      static  2 2..5
        group.share.min.heartbeat.interval.ms                      int      static  5000 1..
        group.share.min.partition.max.record.locks                 int      static  100 100..2000
        group.share.min.record.lock.duration.ms                    int      static  15000 1000..30000
        group.share.min.session.timeout.ms                         int      static  45000 1..
        group.share.partition.max.record.locks                     int      static  2000 100..10000
        group.share.record.lock.duration.ms                        int      static  30000 1000..3600000
        group.share.session.timeout.ms                             int      static  45000 1..
        group.streams.assignment.interval.ms                       int      dynamic 1000 0..
        group.streams.heartbeat.interval.ms                        int      static  5000 1..
        group.streams.initial.rebalance.delay.ms                   int      static  3000 0..
        group.streams.max.assignment.interval.ms                   int      static  15000 0..
        group.streams.max.heartbeat.interval.ms                    int      static  15000 1..
        group.streams.max.session.timeout.ms                       int      static  60000 1..
        group.streams.max.size                                     int      static  2147483647 1..
        group.streams.max.standby.replicas                         int      static  2 0..
        group.streams.min.assignment.interval.ms                   int      static  0 0..
        group.streams.min.heartbeat.interval.ms                    int      static  5000 1..
        group.streams.min.session.timeout.ms                       int      static  45000 1..
        group.streams.num.standby.replicas                         int      static  0 0..
        group.streams.session.timeout.ms                           int      static  45000 1..
        initial.broker.registration.timeout.ms                     int      static  60000
        inter.broker.listener.name                                 string   static  ~
        kafka.metrics.polling.interval.secs                        int      static  10 1..
        kafka.metrics.reporters                                    list     static  ""
        leader.imbalance.check.interval.seconds                    long     static  300 1..
        listeners                                                  list     dynamic PLAINTEXT://:9092
        log.cleaner.backoff.ms                                     long     dynamic 15000 0..
        log.cleaner.dedupe.buffer.size                             long     dynamic 134217728
        log.cleaner.delete.retention.ms                            long     dynamic 86400000 0..
        log.cleaner.enable                                         boolean  static  true
        log.cleaner.io.buffer.load.factor                          double   dynamic 0.9
        log.cleaner.io.buffer.size                                 int      dynamic 524288 0..
        log.cleaner.io.max.bytes.per.second                        double   dynamic 1.7976931348623157E308
        log.cleaner.max.compaction.lag.ms                          long     dynamic 9223372036854775807 1..
        log.cleaner.min.cleanable.ratio                            double   dynamic 0.5 0..1
        log.cleaner.min.compaction.lag.ms                          long     dynamic 0 0..
        log.cleaner.threads                                        int      dynamic 1 0..
        log.cleanup.policy                                         list     dynamic delete compact|delete
        log.dir                                                    list     static  /tmp/kafka-logs
        log.dir.failure.timeout.ms                                 long     static  30000 1..
        log.dirs                                                   list     static  ~
        log.flush.interval.messages                                long     dynamic 9223372036854775807 1..
        log.flush.interval.ms                                      long     dynamic ~
        log.flush.offset.checkpoint.interval.ms                    int      static  60000 0..
        log.flush.scheduler.interval.ms                            long     static  9223372036854775807
        log.flush.start.offset.checkpoint.interval.ms              int      static  60000 0..
        log.index.interval.bytes                                   int      dynamic 4096 0..
        log.index.size.max.bytes                                   int      dynamic 10485760 4..
        log.local.retention.bytes                                  long     dynamic -2 -2..
        log.local.retention.ms                                     long     dynamic -2 -2..
        log.message.timestamp.after.max.ms                         long     dynamic 3600000 0..
        log.message.timestamp.before.max.ms                        long     dynamic 9223372036854775807 0..
        log.message.timestamp.type string dynamic CreateTime CreateTime|LogAppendTime
        log.preallocate                                            boolean  dynamic false
        log.retention.bytes                                        long     dynamic -1
        log.retention.check.interval.ms                            long     static  300000 1..
        log.retention.hours                                        int      static  168
        log.retention.minutes                                      int      static  ~
        log.retention.ms                                           long     dynamic ~
        log.roll.hours                                             int      static  168 1..
        log.roll.jitter.hours                                      int      static  0 0..
        log.roll.jitter.ms                                         long     dynamic ~
        log.roll.ms                                                long     dynamic ~
        log.segment.bytes                                          int      dynamic 1073741824 1048576..
        log.segment.delete.delay.ms                                long     dynamic 60000 0..
        max.connection.creation.rate                               int      dynamic 2147483647 0..
        max.connections                                            int      dynamic 2147483647 0..
        max.connections.per.ip                                     int      dynamic 2147483647 0..
        max.connections.per.ip.overrides                           string   dynamic ""
        max.incremental.fetch.session.cache.slots                  int      static  1000 0..
        max.request.partition.size.limit                           int      static  2000 1..
        message.max.bytes                                          int      dynamic 1048588 0..
        metadata.log.dir                                           string   static  ~
        metadata.log.max.record.bytes.between.snapshots            long     static  20971520 1..
        metadata.log.max.snapshot.interval.ms                      long     static  3600000 0..
        metadata.log.segment.bytes                                 int      static  1073741824 8388608..
        metadata.log.segment.ms                                    long     static  604800000
        metadata.max.idle.interval.ms                              int      static  500 0..
        metadata.max.retention.bytes                               long     static  104857600
        metadata.max.retention.ms                                  long     static  604800000
        metric.reporters                                           list     dynamic ~
        metrics.num.samples                                        int      static  2 1..
        metrics.recording.level                                    string   static  INFO
        metrics.sample.window.ms                                   long     static  30000 1..
        min.insync.replicas                                        int      dynamic 1 1..
        """;
}
