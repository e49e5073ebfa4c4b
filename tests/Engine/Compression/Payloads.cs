using System;
using System.Text;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Bytes to pack, of several natures; equal for equal arguments.</summary>
public static class Payloads
{
    /// <summary>Sizes around the borders of blocks and windows.</summary>
    public static readonly int[] Sizes =
        [0, 1, 2, 3, 7, 64, 257, 4_095, 32_767, 32_768, 32_769, 65_536, 65_537, 300_000];

    public static readonly string[] Natures = ["zeros", "noise", "text", "mixed"];

    public static byte[] Of(string nature, int sizeBytes)
    {
        var random = new Random(sizeBytes);
        var bytes = new byte[sizeBytes];
        switch (nature)
        {
            case "zeros":
                break;
            case "noise":
                random.NextBytes(bytes);
                break;
            case "text":
                FillWithWords(bytes, random);
                break;
            default:
                FillWithWords(bytes, random);
                random.NextBytes(bytes.AsSpan(sizeBytes / 3, sizeBytes / 3));
                break;
        }
        return bytes;
    }

    private static void FillWithWords(Span<byte> bytes, Random random)
    {
        string[] words = ["offset", "leader", "epoch ", "record", "{\"id\":", "},", "\n", "batch of "];
        while (!bytes.IsEmpty)
        {
            var word = Encoding.ASCII.GetBytes(words[random.Next(words.Length)]).AsSpan();
            word = word[..Math.Min(word.Length, bytes.Length)];
            word.CopyTo(bytes);
            bytes = bytes[word.Length..];
        }
    }
}
