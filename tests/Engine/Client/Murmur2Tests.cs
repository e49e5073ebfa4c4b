using System.Text;
using Testbed.Client;
using Xunit;

namespace Testbed.Tests.Engine.Client;

public sealed class Murmur2Tests
{
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Hashes_are_those_of_Kafkas_clients(string key, int expected) =>
        Assert.Equal(expected, Murmur2.Hash(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void A_negative_hash_gives_a_partition_all_the_same() =>
        Assert.Equal((-973932308 & 0x7fffffff) % 7, Murmur2.PartitionOf("21"u8, 7));
}
