namespace Testbed.Wire;

/// <summary>What is known of a message's class itself.</summary>
public interface IMessage<TSelf> : IMessage
    where TSelf : IMessage<TSelf>
{
    /// <summary>
    /// Reads a body; byte fields are slices of what the reader reads, not copies. Throws
    /// <see cref="MalformedMessageException"/>; asking for a version outside the range is a broken program.
    /// </summary>
    static abstract TSelf Read(ref WireReader r, short version);

    static abstract short LowestVersion { get; }

    static abstract short HighestVersion { get; }

    /// <summary>
    /// First version with compact lengths and tagged fields (KIP-482); short.MaxValue: none.
    /// </summary>
    static abstract short FirstFlexibleVersion { get; }
}
