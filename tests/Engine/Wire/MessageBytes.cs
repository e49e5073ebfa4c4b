using System;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>Writes messages to arrays, with one writer whose buffers are poisoned.</summary>
public sealed class MessageBytes
{
    private readonly WireWriter _writer = new(new BufferPool(1 << 20, poison: true));

    public byte[] Of(IMessage message, short version) => Of(writer => message.Write(writer, version));

    public byte[] Of(Action<WireWriter> write)
    {
        _writer.Reset();
        write(_writer);
        return _writer.Written.ToArray();
    }
}
