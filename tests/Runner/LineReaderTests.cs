using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb", "a|b")]
    [InlineData("\n\n", "|")]
    [InlineData("a\rb\n", "a\rb")]
    [InlineData("", "")]
    public void Lines_end_with_a_newline_or_with_the_input(string text, string expected) =>
        Assert.Equal(text.Length == 0 ? [] : expected.Split('|'), ReadAll(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are()
    {
        var lines = new LineReader(new MemoryStream([0xFF, 0, 0xFE, (byte)'\n']), 1_000).Read();
        Assert.Equal([0xFF, 0, 0xFE], lines[0].ToArray());
    }

    [Fact]
    public void Lines_longer_than_a_block_and_pieces_of_any_size_are_put_together()
    {
        var expected = Enumerable.Range(0, 200)
            .Select(i => new string((char)('a' + i % 26), i * 97))
            .ToList();
        expected.Add(new string('x', 700_000));
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', expected));
        Assert.Equal(expected, ReadAll(bytes, piece: 1_000));
    }

    [Fact]
    public void A_line_beyond_the_limit_is_told_by_its_number()
    {
        var input = Encoding.UTF8.GetBytes("short\n" + new string('x', 3_000_000));
        var error = Assert.Throws<CommandException>(() => ReadAll(input, lineBytesMax: 1_000_000));
        Assert.Contains("line 2 is longer than 1000000 bytes", error.Message);
    }

    private static List<string> ReadAll(byte[] input, int piece = int.MaxValue, int lineBytesMax = 10_000_000)
    {
        var reader = new LineReader(new PieceStream(input, piece), lineBytesMax);
        var read = new List<string>();
        for (var lines = reader.Read(); lines.Count > 0; lines = reader.Read())
        {
            read.AddRange(lines.Select(line => Encoding.UTF8.GetString(line.Span)));
        }
        Assert.Equal(read.Count, reader.Count);
        return read;
    }

    /// <summary>Gives out a few bytes at a time, as a pipe does.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, piece));
    }
}
