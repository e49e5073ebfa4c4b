using System;
using System.Collections.Generic;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Numbers of variable length, their borders and their bad forms.</summary>
public sealed class ZigZagVarintTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(63, "7E")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(-65, "8101")]
    [InlineData(int.MaxValue, "FEFFFFFF0F")]
    [InlineData(int.MinValue, "FFFFFFFF0F")]
    public void Numbers_are_written_as_the_format_says(int value, string hex)
    {
        var bytes = new byte[10];
        Assert.Equal(hex, Convert.ToHexString(bytes.AsSpan(0, ZigZagVarint.Write(bytes, value))));
        Assert.Equal(hex, Convert.ToHexString(bytes.AsSpan(0, ZigZagVarint.Write(bytes, (long)value))));
    }

    [Fact]
    public void Every_number_comes_back_and_has_the_size_that_was_told()
    {
        var bytes = new byte[10];
        foreach (var value in Numbers())
        {
            var size = ZigZagVarint.Write(bytes, value);
            Assert.Equal(ZigZagVarint.SizeOf(value), size);
            Assert.Equal(size, ZigZagVarint.Read(bytes, out long read));
            Assert.Equal(value, read);
            for (var cut = 0; cut < size; cut++)
            {
                Assert.Equal(ZigZagVarint.Cut, ZigZagVarint.Read(bytes.AsSpan(0, cut), out long _));
            }
            if (value is >= int.MinValue and <= int.MaxValue)
            {
                Assert.Equal(size, ZigZagVarint.SizeOf((int)value));
                Assert.Equal(size, ZigZagVarint.Read(bytes, out int readInt));
                Assert.Equal(value, readInt);
            }
            else
            {
                Assert.Equal(ZigZagVarint.TooWide, ZigZagVarint.Read(bytes, out int _));
            }
        }
    }

    [Theory]
    [InlineData("FFFFFFFF1F")]
    [InlineData("8080808010")]
    [InlineData("808080808000")]
    public void A_number_with_bits_beyond_32_is_too_wide(string hex) =>
        Assert.Equal(ZigZagVarint.TooWide, ZigZagVarint.Read(Convert.FromHexString(hex), out int _));

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("8080808080808080808000")]
    public void A_number_with_bits_beyond_64_is_too_wide(string hex) =>
        Assert.Equal(ZigZagVarint.TooWide, ZigZagVarint.Read(Convert.FromHexString(hex), out long _));

    [Fact]
    public void Needless_zero_groups_are_read_as_Kafka_reads_them()
    {
        Assert.Equal(3, ZigZagVarint.Read([0x82, 0x80, 0x00], out int value));
        Assert.Equal(1, value);
    }

    private static IEnumerable<long> Numbers()
    {
        for (var bit = 0; bit < 64; bit++)
        {
            for (var near = -2; near <= 2; near++)
            {
                var number = unchecked((1L << bit) + near);
                yield return number;
                yield return unchecked(-number);
            }
        }
        yield return long.MaxValue;
        yield return long.MinValue;
    }
}
