using System;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// What a fake broker does with a request: answers, says nothing, or closes the connection.
/// </summary>
internal sealed record Reply
{
    /// <summary>Makes the answer when it is time, with whatever that changes. Null: there is none.</summary>
    public Func<IResponse?> Make { get; init; } = () => null;

    /// <summary>Milliseconds before it happens; the connection's next request waits meanwhile.</summary>
    public long DelayMs { get; init; }

    /// <summary>Closes the connection instead of answering.</summary>
    public bool Closes { get; init; }

    /// <summary>Sent instead of a response, as they are.</summary>
    public byte[]? Bytes { get; init; }

    public static Reply Silence => new();

    public static Reply Close => new() { Closes = true };

    public static Reply With(IResponse response) => new() { Make = () => response };

    /// <summary>
    /// The request is handled only after the delay, whether or not the client is still there.
    /// </summary>
    public static Reply After(long delayMs, Func<IResponse?> make) =>
        new() { DelayMs = delayMs, Make = make };
}
