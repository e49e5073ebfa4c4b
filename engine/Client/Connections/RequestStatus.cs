namespace Testbed.Client;

/// <summary>What came of a request.</summary>
public enum RequestStatus
{
    /// <summary>The broker answered. Its answer may tell of errors.</summary>
    Answered,

    /// <summary>The connection could not be made or ended before the answer.</summary>
    Closed,

    /// <summary>The deadline passed before the answer.</summary>
    TimedOut,

    /// <summary>Broker and client have no version of the API in common. Nothing was sent.</summary>
    Unsupported,

    /// <summary>Too many requests wait for this broker already. Nothing was sent.</summary>
    QueueFull,
}
