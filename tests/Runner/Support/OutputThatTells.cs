using System;
using System.IO;

namespace Testbed.Tests.Runner;

/// <summary>A standard output that does something when anything is written to it.</summary>
internal sealed class OutputThatTells(Action onWrite) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        base.Write(buffer, offset, count);
        onWrite();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        onWrite();
    }
}
