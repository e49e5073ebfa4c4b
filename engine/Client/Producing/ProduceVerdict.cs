namespace Testbed.Client;

/// <summary>What an answer means for a batch.</summary>
internal enum ProduceVerdict
{
    Stored,

    /// <summary>Send it again, after a pause.</summary>
    Retry,

    /// <summary>Its sequence number was not the one expected.</summary>
    OutOfSequence,

    /// <summary>The identity is not valid any more.</summary>
    Fenced,

    /// <summary>Sending it again would not help.</summary>
    Refused,
}
