namespace Testbed.Node.Settings;

/// <summary>
/// Kafka's settings of a node, N to Z, one a row: name, type, whether it can change while the node runs,
/// default (~ is none, "" is empty) and rule (a range with both ends included, or the words that are
/// allowed). Facts of Apache Kafka 4.3. Defaults that name a Java class are left out.
/// </summary>
internal static class BrokerSettingRowsNToZ
{
    public const string Text = """
        node.id                                                    int      static  ~ 0..
        num.io.threads                                             int      dynamic 8 1..
        num.network.threads                                        int      dynamic 3 1..
        num.partitions                                             int      static  1 1..
        num.recovery.threads.per.data.dir                          int      dynamic 2 1..
        num.replica.alter.log.dirs.threads                         int      static  ~
        num.replica.fetchers                                       int      dynamic 1 1..
        offset.metadata.max.bytes                                  int      static  4096
        offsets.commit.timeout.ms                                  int      static  5000 1..
        offsets.load.buffer.size                                   int      static  5242880 1..
        offsets.retention.check.interval.ms                        long     static  600000 1..
        offsets.retention.minutes                                  int      static  10080 1..
        offsets.topic.compression.codec                            int      static  0
        offsets.topic.num.partitions                               int      static  50 1..
        offsets.topic.replication.factor                           short    static  3 1..
        offsets.topic.segment.bytes                                int      static  104857600 1..
        principal.builder.class                                    class    dynamic ~
        process.roles                                              list     static  ~ broker|controller
        producer.id.expiration.ms                                  int      dynamic 86400000 1..
        producer.purgatory.purge.interval.requests                 int      static  1000
        queued.max.request.bytes                                   long     static  -1
        queued.max.requests                                        int      static  500 1..
        quota.window.num                                           int      static  11 1..
        quota.window.size.seconds                                  int      static  1 1..
        remote.fetch.max.wait.ms                                   int      dynamic 500 1..
        remote.list.offsets.request.timeout.ms                     long     dynamic 30000 1..
        remote.log.index.file.cache.total.size.bytes               long     dynamic 1073741824 1..
        remote.log.manager.copier.thread.pool.size                 int      dynamic 10 1..
        remote.log.manager.copy.max.bytes.per.second               long     dynamic 9223372036854775807 1..
        remote.log.manager.copy.quota.window.num                   int      static  11 1..
        remote.log.manager.copy.quota.window.size.seconds          int      static  1 1..
        remote.log.manager.expiration.thread.pool.size             int      dynamic 10 1..
        remote.log.manager.fetch.max.bytes.per.second              long     dynamic 9223372036854775807 1..
        remote.log.manager.fetch.quota.window.num                  int      static  11 1..
        remote.log.manager.fetch.quota.window.size.seconds         int      static  1 1..
        remote.log.manager.follower.thread.pool.size               int      dynamic 2 1..
        remote.log.manager.task.interval.ms                        long     static  30000 1..
        remote.log.manager.thread.pool.size                        int      static  2 1..
        remote.log.metadata.custom.metadata.max.bytes              int      static  128 0..
        remote.log.metadata.manager.class.name                     string   static  ~
        remote.log.metadata.manager.class.path                     string   static  ~
        remote.log.metadata.manager.impl.prefix                    string   static  rlmm.config.
        remote.log.metadata.manager.listener.name                  string   static  ~
        remote.log.reader.max.pending.tasks                        int      static  100 1..
        remote.log.reader.threads                                  int      dynamic 10 1..
        remote.log.storage.manager.class.name                      string   static  ~
        remote.log.storage.manager.class.path                      string   static  ~
        remote.log.storage.manager.impl.prefix                     string   static  rsm.config.
        remote.log.storage.system.enable                           boolean  static  false
        replica.fetch.backoff.ms                                   int      static  1000 0..
        replica.fetch.max.bytes                                    int      static  1048576 0..
        replica.fetch.min.bytes                                    int      static  1
        replica.fetch.response.max.bytes                           int      static  10485760 0..
        replica.fetch.wait.max.ms                                  int      static  500
        replica.high.watermark.checkpoint.interval.ms              long     static  5000
        replica.lag.time.max.ms                                    long     static  30000
        replica.selector.class                                     string   static  ~
        replica.socket.receive.buffer.bytes                        int      static  65536
        replica.socket.timeout.ms                                  int      static  30000
        replication.quota.window.num                               int      static  11 1..
        replication.quota.window.size.seconds                      int      static  1 1..
        request.timeout.ms                                         int      static  30000
        sasl.client.callback.handler.class                         class    static  ~
        sasl.enabled.mechanisms                                    list     dynamic GSSAPI
        sasl.jaas.config                                           password dynamic ~
        sasl.kerberos.kinit.cmd                                    string   dynamic /usr/bin/kinit
        sasl.kerberos.min.time.before.relogin                      long     dynamic 60000
        sasl.kerberos.principal.to.local.rules                     list     dynamic DEFAULT
        sasl.kerberos.service.name                                 string   dynamic ~
        sasl.kerberos.ticket.renew.jitter                          double   dynamic 0.05
        sasl.kerberos.ticket.renew.window.factor                   double   dynamic 0.8
        sasl.login.callback.handler.class                          class    static  ~
        sasl.login.class                                           class    static  ~
        sasl.login.connect.timeout.ms                              int      static  ~
        sasl.login.read.timeout.ms                                 int      static  ~
        sasl.login.refresh.buffer.seconds                          short    dynamic 300
        sasl.login.refresh.min.period.seconds                      short    dynamic 60
        sasl.login.refresh.window.factor                           double   dynamic 0.8
        sasl.login.refresh.window.jitter                           double   dynamic 0.05
        sasl.login.retry.backoff.max.ms                            long     static  10000
        sasl.login.retry.backoff.ms                                long     static  100
        sasl.mechanism.controller.protocol                         string   static  GSSAPI
        sasl.mechanism.inter.broker.protocol                       string   dynamic GSSAPI
        sasl.oauthbearer.assertion.algorithm                       string   static  RS256 ES256|RS256
        sasl.oauthbearer.assertion.claim.aud                       string   static  ~
        sasl.oauthbearer.assertion.claim.exp.seconds               int      static  300 0..86400
        sasl.oauthbearer.assertion.claim.iss                       string   static  ~
        sasl.oauthbearer.assertion.claim.jti.include               boolean  static  false
        sasl.oauthbearer.assertion.claim.nbf.seconds               int      static  60 0..3600
        sasl.oauthbearer.assertion.claim.sub                       string   static  ~
        sasl.oauthbearer.assertion.file                            string   static  ~
        sasl.oauthbearer.assertion.private.key.file                string   static  ~
        sasl.oauthbearer.assertion.private.key.passphrase          password static  ~
        sasl.oauthbearer.assertion.template.file                   string   static  ~
        sasl.oauthbearer.client.credentials.client.id              string   static  ~
        sasl.oauthbearer.client.credentials.client.secret          password static  ~
        sasl.oauthbearer.clock.skew.seconds                        int      static  30
        sasl.oauthbearer.expected.audience                         list     static  ""
        sasl.oauthbearer.expected.issuer                           string   static  ~
        sasl.oauthbearer.jwks.endpoint.refresh.ms                  long     static  3600000
        sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms        long     static  10000
        sasl.oauthbearer.jwks.endpoint.retry.backoff.ms            long     static  100
        sasl.oauthbearer.jwks.endpoint.url                         string   static  ~
        sasl.oauthbearer.jwt.retriever.class                       class    static  ~
        sasl.oauthbearer.jwt.validator.class                       class    static  ~
        sasl.oauthbearer.scope                                     string   static  ~
        sasl.oauthbearer.scope.claim.name                          string   static  scope
        sasl.oauthbearer.sub.claim.name                            string   static  sub
        sasl.oauthbearer.token.endpoint.url                        string   static  ~
        sasl.server.callback.handler.class                         class    static  ~
        sasl.server.max.receive.size                               int      static  524288
        security.inter.broker.protocol string static PLAINTEXT PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL
        security.providers                                         string   static  ~
        share.coordinator.append.linger.ms                         int      static  -1 -1..
        share.coordinator.cached.buffer.max.bytes                  int      dynamic 1048588 524288..
        share.coordinator.load.buffer.size                         int      static  5242880 1..
        share.coordinator.snapshot.update.records.per.snapshot     int      static  500 0..500
        share.coordinator.state.topic.compression.codec            int      static  0
        share.coordinator.state.topic.min.isr                      short    static  2 1..
        share.coordinator.state.topic.num.partitions               int      static  50 1..
        share.coordinator.state.topic.replication.factor           short    static  3 1..
        share.coordinator.state.topic.segment.bytes                int      static  104857600 1..
        share.coordinator.threads                                  int      static  1 1..
        share.coordinator.write.timeout.ms                         int      static  5000 1..
        share.fetch.purgatory.purge.interval.requests              int      static  1000
        socket.connection.setup.timeout.max.ms                     long     static  30000
        socket.connection.setup.timeout.ms                         long     static  10000
        socket.listen.backlog.size                                 int      static  50 1..
        socket.receive.buffer.bytes                                int      static  102400
        socket.request.max.bytes                                   int      static  104857600 1..
        socket.send.buffer.bytes                                   int      static  102400
        ssl.allow.dn.changes                                       boolean  static  false
        ssl.allow.san.changes                                      boolean  static  false
        ssl.cipher.suites                                          list     dynamic ""
        ssl.client.auth string dynamic none required|requested|none
        ssl.enabled.protocols                                      list     dynamic TLSv1.2,TLSv1.3
        ssl.endpoint.identification.algorithm                      string   dynamic https
        ssl.engine.factory.class                                   class    dynamic ~
        ssl.key.password                                           password dynamic ~
        ssl.keymanager.algorithm                                   string   dynamic SunX509
        ssl.keystore.certificate.chain                             password dynamic ~
        ssl.keystore.key                                           password dynamic ~
        ssl.keystore.location                                      string   dynamic ~
        ssl.keystore.password                                      password dynamic ~
        ssl.keystore.type                                          string   dynamic JKS
        ssl.principal.mapping.rules                                string   static  DEFAULT
        ssl.protocol                                               string   dynamic TLSv1.3
        ssl.provider                                               string   dynamic ~
        ssl.secure.random.implementation                           string   dynamic ~
        ssl.trustmanager.algorithm                                 string   dynamic PKIX
        ssl.truststore.certificates                                password dynamic ~
        ssl.truststore.location                                    string   dynamic ~
        ssl.truststore.password                                    password dynamic ~
        ssl.truststore.type                                        string   dynamic JKS
        telemetry.max.bytes                                        int      static  1048576 1..
        transaction.abort.timed.out.transaction.cleanup.interval.ms int      static  10000 1..
        transaction.max.timeout.ms                                 int      static  900000 1..
        transaction.partition.verification.enable                  boolean  dynamic true
        transaction.remove.expired.transaction.cleanup.interval.ms int      static  3600000 1..
        transaction.state.log.load.buffer.size                     int      static  5242880 1..
        transaction.state.log.min.isr                              int      static  2 1..
        transaction.state.log.num.partitions                       int      static  50 1..
        transaction.state.log.replication.factor                   short    static  3 1..
        transaction.state.log.segment.bytes                        int      static  104857600 1..
        transaction.two.phase.commit.enable                        boolean  static  false
        transactional.id.expiration.ms                             int      static  604800000 1..
        unclean.leader.election.enable                             boolean  dynamic false
        """;
}
