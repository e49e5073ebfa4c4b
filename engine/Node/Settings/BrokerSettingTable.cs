namespace Testbed.Node.Settings;

/// <summary>
/// The settings of a node: Kafka's, and ours, which Kafka does not know. Rows wider than a line stand here.
/// </summary>
public static class BrokerSettingTable
{
    /// <summary>
    /// Ours: the cluster this node belongs to; without it the log directories say, or a new id is drawn.
    /// </summary>
    public const string ClusterId = "cluster.id";

    /// <summary>Ours: what a topic's `durability` is when the topic does not say.</summary>
    public const string LogDurability = "log.durability";

    private const string ProtocolMapRow =
        "listener.security.protocol.map string dynamic "
        + "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT";

    private const string RebalanceProtocolsRow =
        "group.coordinator.rebalance.protocols list static "
        + "classic,consumer,streams consumer|classic|share|streams";

    private const string OurRows = """
        cluster.id     string static ~
        log.durability string static replicated replicated|fsync
        """;

    public static SettingTable Table { get; } = new(
        BrokerSettingRowsAToM.Text,
        BrokerSettingRowsNToZ.Text,
        RebalanceProtocolsRow,
        ProtocolMapRow,
        OurRows);
}
