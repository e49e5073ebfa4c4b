using System;
using Testbed.Net;

namespace Testbed.Tests.Net;

/// <summary>
/// The role of another node: locks a directory, says what came of it and holds on until its input ends.
/// </summary>
internal static class LockHolder
{
    public static int Run(string directory)
    {
        var result = DirectoryLock.Acquire(directory);
        Console.Out.WriteLine(result.Status);
        Console.Out.Flush();
        Console.In.ReadToEnd();
        result.Lock?.Dispose();
        return 0;
    }
}
