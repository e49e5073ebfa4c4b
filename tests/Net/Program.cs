using System;

namespace Testbed.Tests.Net;

/// <summary>Roles that need a process of their own; the tests start them.</summary>
internal static class Program
{
    public static int Main(string[] args) => args switch
    {
        ["hold-lock", var directory] => LockHolder.Run(directory),
        ["run-out-of-descriptors"] => DescriptorExhaustion.Run(),
        _ => throw new InvalidOperationException("a test assembly: run it with dotnet test"),
    };
}
