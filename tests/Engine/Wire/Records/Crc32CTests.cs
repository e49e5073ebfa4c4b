using System;
using System.Text;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>The fast checksum against the definition, a bit at a time.</summary>
public sealed class Crc32CTests
{
    private const uint Polynomial = 0x82F63B78;    // reflected

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Published_values_come_out(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Every_length_around_the_borders_of_the_lanes_agrees_with_the_definition()
    {
        var bytes = Noise(20_000);
        for (var length = 0; length < 900; length++)
        {
            AssertAgrees(bytes.AsSpan(length % 9, length));
        }
        foreach (var border in new[] { 1024, 3 * 1024, 6 * 1024, (3 * 1024) + (3 * 128), 9 * 1024 })
        {
            for (var length = border - 9; length <= border + 9; length++)
            {
                AssertAgrees(bytes.AsSpan(length % 7, length));
            }
        }
    }

    [Fact]
    public void A_checksum_can_be_continued_at_any_byte()
    {
        var bytes = Noise(8_000);
        var whole = Crc32C.Of(bytes);
        for (var at = 0; at <= bytes.Length; at += 37)
        {
            Assert.Equal(whole, Crc32C.Append(Crc32C.Of(bytes.AsSpan(0, at)), bytes.AsSpan(at)));
        }
    }

    private static void AssertAgrees(ReadOnlySpan<byte> bytes) =>
        Assert.Equal(ByDefinition(bytes), Crc32C.Of(bytes));

    private static uint ByDefinition(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ Polynomial : state >> 1;
            }
        }
        return ~state;
    }

    private static byte[] Noise(int sizeBytes)
    {
        var bytes = new byte[sizeBytes];
        new Random(3720).NextBytes(bytes);
        return bytes;
    }
}
