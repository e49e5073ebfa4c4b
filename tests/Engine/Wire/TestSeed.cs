using System;
using System.Globalization;
using Xunit.Abstractions;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// The seed of a random test: that of the environment variable SEED, or a fresh one; printed in any case.
/// </summary>
public static class TestSeed
{
    public static int Next(ITestOutputHelper output)
    {
        var seed = Environment.GetEnvironmentVariable("SEED") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        output.WriteLine($"SEED={seed}");
        return seed;
    }
}
