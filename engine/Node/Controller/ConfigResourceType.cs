namespace Testbed.Node.Controller;

/// <summary>Kinds of things with settings; the numbers are Kafka's (ConfigResource.Type).</summary>
public enum ConfigResourceType : sbyte
{
    Unknown = 0,
    Topic = 2,
    Broker = 4,
    BrokerLogger = 8,
    ClientMetrics = 16,
    Group = 32,
}
