using System;
using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Engine.Wire;

/// <summary>
/// One to four random changes to a message's bytes: bits, extreme bytes and numbers, cuts and insertions.
/// </summary>
public static class Mutation
{
    private static readonly byte[] Extreme = [0x00, 0x01, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            Change(bytes, random);
        }
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 or 2 when at < bytes.Count:
                bytes[at] = Extreme[random.Next(Extreme.Length)];
                break;
            case 3:
                bytes.InsertRange(at, random.GetItems(Extreme, random.Next(1, 6)));
                break;
            case 4:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 6)));
                break;
            case 5:
                var count = Math.Min(bytes.Count - at, 4);
                bytes.RemoveRange(at, count);
                bytes.InsertRange(
                    at, random.Next(2) == 0 ? [0x7F, 0xFF, 0xFF, 0xFF] : [0xFF, 0xFF, 0xFF, 0xFE]);
                break;
            default:
                bytes.AddRange(bytes.GetRange(0, Math.Min(at, 64)));
                break;
        }
    }
}
