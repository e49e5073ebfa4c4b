namespace Testbed.Client;

/// <summary>What a broker does before it answers a Produce request. The values are Kafka's.</summary>
public enum Acks : short
{
    /// <summary>All in-sync replicas have the records.</summary>
    All = -1,

    /// <summary>There is no answer: nobody knows whether records are stored, or where.</summary>
    None = 0,

    /// <summary>The leader has the records.</summary>
    Leader = 1,
}
