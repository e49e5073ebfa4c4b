using Testbed.Foundation;

namespace Testbed.Tests.Engine.Wire;

/// <summary>A file that is only pointed at.</summary>
public sealed class NamedFile : IFile
{
    public string Path => "topic-0/00000000000000000000.log";

    public long Length => 1 << 20;
}
