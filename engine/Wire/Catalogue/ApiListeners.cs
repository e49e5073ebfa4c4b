using System;

namespace Testbed.Wire;

/// <summary>Where Kafka serves an API.</summary>
[Flags]
public enum ApiListeners
{
    None = 0,

    /// <summary>Listeners for clients and other brokers.</summary>
    Broker = 1,

    /// <summary>Listeners of the metadata quorum.</summary>
    Controller = 2,
}
