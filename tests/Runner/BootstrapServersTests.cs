using System.Linq;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

public sealed class BootstrapServersTests
{
    [Theory]
    [InlineData("localhost:9092", "localhost:9092")]
    [InlineData("a:1, b:2,c.example.org:65535", "a:1 b:2 c.example.org:65535")]
    [InlineData("[::1]:9092", "[::1]:9092")]
    public void A_list_of_brokers_is_read(string text, string expected)
    {
        Assert.True(BootstrapServers.TryParse(text, out var addresses, out _));
        Assert.Equal(expected, string.Join(' ', addresses.Select(address => address.ToString())));
    }

    [Theory]
    [InlineData("", "names no host")]
    [InlineData("localhost", "has no port: write localhost:9092")]
    [InlineData("[::1]", "has no port")]
    [InlineData("a:1,,b:2", "names no host")]
    [InlineData("a:zero", "'zero' is no port")]
    [InlineData("a:0", "from 1 to 65535")]
    [InlineData("a:70000", "from 1 to 65535")]
    [InlineData("::1:9092", "write an IPv6 address in brackets, [::1]:9092")]
    public void What_is_wrong_with_a_list_is_told_with_the_fix(string text, string expected)
    {
        Assert.False(BootstrapServers.TryParse(text, out _, out var mistake));
        Assert.Contains(expected, mistake);
    }
}
