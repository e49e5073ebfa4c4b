using System;
using System.IO;

namespace Testbed.Tests.Net;

/// <summary>A directory of its own for one test, deleted with all it holds.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("testbed-net-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Cuts a file behind the back of whoever has it open.</summary>
    public void CutFile(string name, long length)
    {
        using var file = new FileStream(In(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(length);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
