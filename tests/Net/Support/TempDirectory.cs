using System;
using System.IO;

namespace Testbed.Tests.Net;

/// <summary>A directory of its own for one test, deleted with all it holds.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("testbed-net-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
