using System;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Small damage to bytes: overwritten, flipped, cut, cut out, doubled, prolonged.</summary>
public static class Mutations
{
    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var count = random.Next(1, 4); count > 0 && bytes.Length > 0; count--)
        {
            bytes = Once(bytes, random);
        }
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var at = random.Next(4) == 0 ? random.Next(Math.Min(bytes.Length, 70)) : random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 9))..]];
            case 2:
                return [.. bytes[..at], .. bytes[..at], .. bytes[at..]];
            case 3:
                return [.. bytes, .. new byte[random.Next(1, 9)]];
            case 4:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 5:
                bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                return bytes;
            default:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
