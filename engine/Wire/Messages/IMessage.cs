using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>A message of Kafka's protocol or one of its records, at any of its versions.</summary>
public interface IMessage
{
    /// <summary>
    /// Writes the body, without header or length. A version that the message does not have, or that lacks a
    /// field which is set and must not be dropped, is a broken program (<see cref="InvariantException"/>).
    /// </summary>
    void Write(WireWriter w, short version);
}
