namespace Testbed.Client;

/// <summary>Which records a consumer sees. The values are Kafka's.</summary>
public enum IsolationLevel
{
    ReadUncommitted = 0,

    /// <summary>Only up to the first open transaction, and none of those that were aborted.</summary>
    ReadCommitted = 1,
}
