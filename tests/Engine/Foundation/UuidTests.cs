using System.Collections.Generic;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

public sealed class UuidTests
{
    [Fact]
    public void Text_and_bytes_come_back_as_the_same_id()
    {
        var chance = new Prng(1);
        var bytes = new byte[Uuid.SizeBytes];
        for (var i = 0; i < 2_000; i++)
        {
            var id = new Uuid(chance.Next(), chance.Next());
            Assert.True(Uuid.TryParse(id.ToString(), out var parsed));
            Assert.Equal(id, parsed);
            Assert.Equal(22, id.ToString().Length);
            Assert.DoesNotContain(id.ToString(), letter => letter is '+' or '/' or '=');
            id.Write(bytes);
            Assert.Equal(id, Uuid.Read(bytes));
        }
    }

    [Fact]
    public void Text_and_bytes_are_those_of_Kafka()
    {
        Assert.Equal("AAAAAAAAAAAAAAAAAAAAAQ", new Uuid(0, 1).ToString());    // Uuid.METADATA_TOPIC_ID
        Assert.Equal("AAAAAAAAAAAAAAAAAAAAAA", Uuid.Zero.ToString());
        var bytes = new byte[Uuid.SizeBytes];
        new Uuid(0x0102030405060708, 0x090A0B0C0D0E0F10).Write(bytes);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], bytes);
        Assert.Equal("AQIDBAUGBwgJCgsMDQ4PEA", Uuid.Read(bytes).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA?A")]
    [InlineData("äAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_not_an_id_is_not_taken_for_one(string text) =>
        Assert.False(Uuid.TryParse(text, out _));

    [Fact]
    public void Ids_are_ordered_by_their_bytes()
    {
        var ids = new List<Uuid> { new(ulong.MaxValue, 0), new(1, 0), new(0, ulong.MaxValue), new(0, 1) };
        ids.Sort();
        Assert.Equal([new(0, 1), new(0, ulong.MaxValue), new(1, 0), new(ulong.MaxValue, 0)], ids);
        Assert.True(new Uuid(0, 1) < new Uuid(1, 0) && new Uuid(1, 0) >= new Uuid(1, 0));
        Assert.True(Uuid.Zero.IsZero && !new Uuid(0, 1).IsZero);
    }
}
