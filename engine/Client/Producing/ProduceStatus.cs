namespace Testbed.Client;

/// <summary>What became of a record.</summary>
public enum ProduceStatus
{
    /// <summary>Stored, as the broker says; with acks=0, sent.</summary>
    Stored,

    /// <summary>Refused for good: the error says why.</summary>
    Refused,

    /// <summary>Its time was up; the error is that of the last attempt.</summary>
    TimedOut,

    /// <summary>The producer holds as many bytes as it may. Nothing was sent.</summary>
    NoRoom,

    /// <summary>The producer was closed first.</summary>
    Closed,
}
