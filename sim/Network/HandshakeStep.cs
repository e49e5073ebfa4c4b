namespace Testbed.Sim;

/// <summary>The steps of a <see cref="Handshake"/> that happen later, as tokens.</summary>
internal static class HandshakeStep
{
    /// <summary>The first leg arrives at the server.</summary>
    public const long Knock = 0;

    /// <summary>The second leg arrives back at the client.</summary>
    public const long Answer = 1;

    /// <summary>The refusal arrives back at the client.</summary>
    public const long Refusal = 2;

    public const long Deadline = 3;

    /// <summary>The client's host is told, as a unit of work of its shard.</summary>
    public const long Tell = 4;
}
