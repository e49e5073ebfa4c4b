using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Both ways to run a shard: with what this system offers, and with what every system has.</summary>
internal static class Worlds
{
    public static TheoryData<bool> All => new() { false, true };
}
