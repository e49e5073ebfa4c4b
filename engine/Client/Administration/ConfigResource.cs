namespace Testbed.Client;

/// <summary>What has settings. The values are Kafka's.</summary>
public enum ConfigResource : sbyte
{
    Topic = 2,
    Broker = 4,
}
